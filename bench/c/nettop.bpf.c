// SPDX-License-Identifier: Apache-2.0
// Packets and bytes by process, device, name and user: the two handlers of a nettop. The per-CPU hash stands behind a slot, so
// that it can be read and cleared without losing an event.
#include "common.h"

struct traffic_key {
	__u64 pid;
	char dev[16];
	char comm[16];
	__u64 uid;
};

struct traffic {
	__u64 count;
	__u64 sum;
};

struct traffic_bank {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 2048);
	__type(key, struct traffic_key);
	__type(value, struct traffic);
} sent_bank SEC(".maps"), received_bank SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, __u32);
	__array(values, struct traffic_bank);
} sent SEC(".maps") = { .values = { &sent_bank } }, received SEC(".maps") = { .values = { &received_bank } };

static __always_inline int account(void *slot, struct sk_buff *skb)
{
	struct traffic first = { 1, skb->len };
	struct traffic *value;
	struct traffic_key key;
	__u32 zero = 0;
	void *bank;

	key.pid = bpf_get_current_pid_tgid() >> 32;
	__builtin_memset(key.dev, 0, sizeof(key.dev));
	bpf_probe_read_kernel_str(key.dev, sizeof(key.dev), skb->dev->name);
	bpf_get_current_comm(key.comm, sizeof(key.comm));
	key.uid = (__u32)bpf_get_current_uid_gid();
	bank = bpf_map_lookup_elem(slot, &zero);
	if (!bank)
		return 0;
	value = bpf_map_lookup_elem(bank, &key);
	if (value) {
		// A softirq may interrupt a task here: the element is the CPU's, not the handler's.
		__sync_fetch_and_add(&value->count, 1);
		__sync_fetch_and_add(&value->sum, skb->len);
	} else {
		bpf_map_update_elem(bank, &key, &first, BPF_NOEXIST);
	}
	return 0;
}

SEC("tp_btf/net_dev_queue")
int BPF_PROG(transmit, struct sk_buff *skb)
{
	return account(&sent, skb);
}

SEC("tp_btf/netif_receive_skb")
int BPF_PROG(receive, struct sk_buff *skb)
{
	return account(&received, skb);
}
