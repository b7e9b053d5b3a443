package org.jstap.runtime.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** What tests in the running kernel need. */
final class Privilege {
    /** CAP_SYS_ADMIN, bit 21 of the effective capabilities. */
    private static final int SYS_ADMIN = 21;

    private Privilege() { }

    /** Skips the test where this process may not load programs, or the kernel does not tell its types. */
    static void assume() {
        Assumptions.assumeTrue(isAdministrator(), "skipped: needs root (CAP_SYS_ADMIN) to load eBPF programs");
        Assumptions.assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "skipped: this kernel has no BTF");
    }

    private static boolean isAdministrator() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("CapEff:")) {
                    return (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> SYS_ADMIN & 1) != 0;
                }
            }
            return false;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
