package org.jstap.ebpf.prog;

/// What the kernel says about a loaded program (`struct bpf_prog_info`).
///
/// @param id the program's id in this kernel
/// @param tag a hash of its instructions, 16 hexadecimal digits
/// @param runTimeNanos time spent in it, only measured while somebody has turned that on (BPF_ENABLE_STATS or the sysctl
///     kernel.bpf_stats_enabled)
/// @param runCount how often it ran, counted only as long as the time is measured
/// @param recursionMisses how often it did not run because it was already running on that processor (Linux 5.12)
/// @param verifiedInstructions instructions that the verifier walked through (Linux 5.16), else zero
public record ProgramStats(
        int id, String tag, long runTimeNanos, long runCount, long recursionMisses, int verifiedInstructions) {}
