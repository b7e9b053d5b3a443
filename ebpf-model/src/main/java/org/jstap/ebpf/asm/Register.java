package org.jstap.ebpf.asm;

/**
 * The eleven registers of 64 bits. {@code R0} holds results, {@code R1} to {@code R5} arguments (lost in a call), {@code R6}
 * to {@code R9} survive calls, {@code R10} is the read-only frame pointer: the stack lies in the 512 bytes below it.
 */
public enum Register implements Operand {
    R0, R1, R2, R3, R4, R5, R6, R7, R8, R9, R10;

    private static final Register[] ALL = values();

    /** The number of the register in an instruction, 0 to 10. */
    public int number() {
        return ordinal();
    }

    /**
     * The register with this number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Register of(int number) {
        if (number < 0 || number >= ALL.length) {
            throw new IllegalArgumentException("no register has the number " + number + "; they go from 0 to 10");
        }
        return ALL[number];
    }

    /** The name of all 64 bits, such as {@code r3}. */
    public String wideName() {
        return "r" + ordinal();
    }

    /** The name of the low 32 bits, such as {@code w3}. */
    public String narrowName() {
        return "w" + ordinal();
    }
}
