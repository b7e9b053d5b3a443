/// The commands of bpf(2): one class per variant of `union bpf_attr`.
///
/// Each class is a view of a zeroed block of off-heap memory with the offsets of include/uapi/linux/bpf.h, which a test
/// compares with the BTF of the running kernel. A setter stores a field and gives the view back; after
/// [org.jstap.ebpf.sys.bpf.BpfAttr#call] the getters read what the kernel has written. Pointers are addresses of memory
/// that the caller keeps alive. What the commands are good for is no business of this package.
package org.jstap.ebpf.sys.bpf;
