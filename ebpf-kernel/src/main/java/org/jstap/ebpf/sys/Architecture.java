package org.jstap.ebpf.sys;

/// The processor architectures whose system call numbers are known. Both are little-endian with 8-byte longs.
public enum Architecture {
    X86_64,
    AARCH64;

    private static final Architecture CURRENT = of(System.getProperty("os.arch", ""));

    /// The architecture this JVM runs on.
    ///
    /// @throws UnsupportedOperationException where no system call table is known
    public static Architecture current() {
        return CURRENT;
    }

    static Architecture of(String name) {
        return switch (name) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64", "arm64" -> AARCH64;
            default -> throw new UnsupportedOperationException(
                    "no system call table for the architecture '" + name + "': x86_64 and aarch64 are known");
        };
    }
}
