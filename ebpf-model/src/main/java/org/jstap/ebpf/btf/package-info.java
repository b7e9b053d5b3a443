/**
 * BTF, the kernel's compact type information: a reader that makes no object for a type until it is asked for, a writer, and
 * the function and line tables of a program. Written after the kernel's {@code Documentation/bpf/btf.rst} and
 * {@code include/uapi/linux/btf.h}.
 *
 * <p>No files and no system calls: whoever reads {@code /sys/kernel/btf} hands over the bytes.
 */
package org.jstap.ebpf.btf;
