/**
 * From shaped handlers to eBPF instructions. {@link org.jstap.compiler.kernel.emit.KernelTarget} is the entry; the emitters each
 * know one family of operations and share a {@code Context}.
 *
 * <p>Registers: R6 holds the context of the event (in a loop callback: the frame of the program), R7 to R9 variables, R0 to R5 are
 * free within an operation. Variables without a register lie in the frame, long strings in scratch memory of the CPU.
 */
package org.jstap.compiler.kernel.emit;
