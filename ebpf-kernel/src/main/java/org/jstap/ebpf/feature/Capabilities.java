package org.jstap.ebpf.feature;

/// The effective capabilities of this process (capabilities(7)).
///
/// @param bits bit n is the capability number n
public record Capabilities(long bits) {

    private static final int CAP_SYS_ADMIN = 21;
    private static final int CAP_SYS_RESOURCE = 24;
    private static final int CAP_PERFMON = 38;
    private static final int CAP_BPF = 39;
    private static final String LINE = "CapEff:";

    /// Reads the text of `/proc/self/status`; none if it does not tell.
    static Capabilities parse(String status) {
        int at = status.indexOf(LINE);
        if (at < 0) {
            return new Capabilities(0);
        }
        int end = status.indexOf('\n', at);
        String bits = status.substring(at + LINE.length(), end < 0 ? status.length() : end).strip();
        return new Capabilities(Long.parseUnsignedLong(bits, 16));
    }

    private boolean has(int capability) {
        return (bits >>> capability & 1) != 0;
    }

    /// CAP_SYS_ADMIN, which includes the two others on most kernels.
    public boolean admin() {
        return has(CAP_SYS_ADMIN);
    }

    /// CAP_SYS_RESOURCE: may raise limits.
    public boolean resource() {
        return has(CAP_SYS_RESOURCE);
    }

    /// CAP_BPF (Linux 5.8): maps and programs.
    public boolean bpf() {
        return has(CAP_BPF) || admin();
    }

    /// CAP_PERFMON (Linux 5.8): tracing.
    public boolean perfmon() {
        return has(CAP_PERFMON) || admin();
    }
}
