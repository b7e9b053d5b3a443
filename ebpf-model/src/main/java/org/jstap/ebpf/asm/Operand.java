package org.jstap.ebpf.asm;

/** The second operand of an arithmetic, store or branch instruction: a register or a signed 32-bit constant. */
public sealed interface Operand permits Register, Immediate {
}
