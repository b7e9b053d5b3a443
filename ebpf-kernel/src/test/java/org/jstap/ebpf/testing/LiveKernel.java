package org.jstap.ebpf.testing;

import org.junit.jupiter.api.Assumptions;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.sys.LinuxSystemCalls;
import org.jstap.ebpf.sys.SystemCallException;
import org.jstap.ebpf.sys.SystemCalls;

/// The running kernel, for tests that need one which lets this process use bpf.
public final class LiveKernel {

    private LiveKernel() {}

    /// Opens the door, or skips the test with the reason why it could do nothing behind it.
    public static SystemCalls require() {
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux"), "skipped: not Linux but " + System.getProperty("os.name"));
        SystemCalls sys = new LinuxSystemCalls();
        try (KernelMap map = KernelMap.create(sys, MapSpec.array("probe", 8, 1))) {
            map.firstKey();
        } catch (SystemCallException e) {
            Assumptions.abort("skipped: bpf(2) is not allowed here: " + e.getMessage());
        }
        return sys;
    }
}
