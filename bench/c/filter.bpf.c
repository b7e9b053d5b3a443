// SPDX-License-Identifier: Apache-2.0
// System calls of one program, by its name and their number.
#include "common.h"

struct call_key {
	char comm[16];
	__u64 id;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 2048);
	__type(key, struct call_key);
	__type(value, __u64);
} calls SEC(".maps");

SEC("tp_btf/sys_enter")
int BPF_PROG(enter, struct pt_regs *regs, long id)
{
	struct call_key key = { .id = id };
	__u64 *count, one = 1;

	bpf_get_current_comm(key.comm, sizeof(key.comm));
	if (__builtin_memcmp(key.comm, "python3", 8))
		return 0;
	count = bpf_map_lookup_elem(&calls, &key);
	if (count)
		++*count;
	else
		bpf_map_update_elem(&calls, &key, &one, BPF_NOEXIST);
	return 0;
}
