package org.jstap.ebpf.asm;

/** Numbers of the encoding, named as in RFC 9669 and the kernel's {@code include/uapi/linux/bpf.h}. */
final class Opcode {
    /** The low three bits of the operation code. */
    static final int LD = 0x00;
    static final int LDX = 0x01;
    static final int ST = 0x02;
    static final int STX = 0x03;
    static final int ALU = 0x04;
    static final int JMP = 0x05;
    static final int JMP32 = 0x06;
    static final int ALU64 = 0x07;
    static final int CLASS_MASK = 0x07;

    /** Set when the second operand is a register. */
    static final int REGISTER = 0x08;

    static final int NEG = 0x80;
    static final int MOV = 0xb0;
    static final int END = 0xd0;

    static final int JA = 0x00;
    static final int CALL = 0x80;
    static final int EXIT = 0x90;
    static final int JCOND = 0xe0;

    /** Modes of memory access, the high three bits. */
    static final int MODE_MASK = 0xe0;
    static final int MEM = 0x60;
    static final int MEMSX = 0x80;
    static final int ATOMIC = 0xc0;

    /** Load of a 64-bit constant: {@code LD | IMM | DW}. */
    static final int LDDW = 0x18;

    static final int PSEUDO_MAP_FD = 1;
    static final int PSEUDO_MAP_VALUE = 2;
    static final int PSEUDO_BTF_ID = 3;
    static final int PSEUDO_FUNC = 4;

    static final int PSEUDO_CALL = 1;
    static final int PSEUDO_KFUNC_CALL = 2;

    private Opcode() {
    }
}
