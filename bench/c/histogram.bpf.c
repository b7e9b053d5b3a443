// SPDX-License-Identifier: Apache-2.0
// Results of system calls by magnitude, with their number.
#include "common.h"

struct histogram {
	__u64 count;
	__u64 buckets[2 * LOG_BUCKETS];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct histogram);
} results SEC(".maps");

SEC("tp_btf/sys_exit")
int BPF_PROG(leave, struct pt_regs *regs, long result)
{
	__u32 zero = 0, bucket;
	struct histogram *histogram = bpf_map_lookup_elem(&results, &zero);

	if (!histogram)
		return 0;
	bucket = result < 0 ? LOG_BUCKETS - bit_length(-result) : LOG_BUCKETS + bit_length(result);
	if (bucket < 2 * LOG_BUCKETS)
		histogram->buckets[bucket]++;
	histogram->count++;
	return 0;
}
