// SPDX-License-Identifier: Apache-2.0
#include "common.h"

__u64 calls;

SEC("tp_btf/sys_enter")
int BPF_PROG(enter, struct pt_regs *regs, long id)
{
	__sync_fetch_and_add(&calls, 1);
	return 0;
}
