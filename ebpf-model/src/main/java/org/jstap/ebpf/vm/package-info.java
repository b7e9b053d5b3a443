/**
 * An interpreter of eBPF in Java, so that programs can be run and tested without a kernel and without privilege. It checks
 * what it does, registers and memory, and fails with the instruction and its source line; it does not replace the kernel's
 * verifier, which looks at all paths.
 *
 * <p>Semantics after RFC 9669; there is one CPU, so per-CPU maps have one value. For tests only: nothing in a running tool
 * depends on it.
 */
package org.jstap.ebpf.vm;
