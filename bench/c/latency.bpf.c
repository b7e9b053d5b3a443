// SPDX-License-Identifier: Apache-2.0
// Time spent in system calls, by magnitude.
#include "common.h"

struct histogram {
	__u64 count;
	__u64 buckets[2 * LOG_BUCKETS];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 2048);
	__type(key, __u64);
	__type(value, __u64);
} began SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct histogram);
} took SEC(".maps");

SEC("tp_btf/sys_enter")
int BPF_PROG(enter, struct pt_regs *regs, long id)
{
	__u64 thread = (__u32)bpf_get_current_pid_tgid(), now = bpf_ktime_get_ns();

	bpf_map_update_elem(&began, &thread, &now, BPF_ANY);
	return 0;
}

SEC("tp_btf/sys_exit")
int BPF_PROG(leave, struct pt_regs *regs, long result)
{
	__u64 thread = (__u32)bpf_get_current_pid_tgid();
	__u64 *start = bpf_map_lookup_elem(&began, &thread);
	struct histogram *histogram;
	__u32 zero = 0, bucket;

	if (!start)
		return 0;
	bucket = LOG_BUCKETS + bit_length(bpf_ktime_get_ns() - *start);
	histogram = bpf_map_lookup_elem(&took, &zero);
	if (histogram) {
		if (bucket < 2 * LOG_BUCKETS)
			histogram->buckets[bucket]++;
		histogram->count++;
	}
	bpf_map_delete_elem(&began, &thread);
	return 0;
}
