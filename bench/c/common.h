// SPDX-License-Identifier: Apache-2.0
// What the yardsticks share. They are what a careful programmer would write by hand for the same job, and no more.
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

#define LOG_BUCKETS 65

// Bit length of a value: 0 for 0, 64 at most.
static __always_inline __u32 bit_length(__u64 value)
{
	__u32 bits = 0;

	for (int step = 32; step; step /= 2) {
		if (value >> step) {
			value >>= step;
			bits += step;
		}
	}
	return bits + value;
}
