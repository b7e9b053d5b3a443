/**
 * Instructions of eBPF as values: registers, operations, an assembler with labels, the binary encoding both ways, and a
 * listing for people. Written after the kernel's {@code Documentation/bpf/standardization/instruction-set.rst} (RFC 9669)
 * and {@code include/uapi/linux/bpf.h}.
 *
 * <p>No system calls, no knowledge of maps beyond their names, and nothing about the language that is compiled.
 */
package org.jstap.ebpf.asm;
