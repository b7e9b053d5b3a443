package org.jstap.ebpf.asm;

/**
 * A constant inside an instruction. Instructions of 64 bits extend its sign.
 *
 * @param value the constant, 32 bits
 */
public record Immediate(int value) implements Operand {
}
