package org.jstap.ebpf.asm;

/** Limits of the encoding that several instructions share. */
final class Checks {
    private Checks() {
    }

    static void writable(Register register) {
        if (register == Register.R10) {
            throw new IllegalArgumentException("r10 is the frame pointer and cannot be written");
        }
        if (register == null) {
            throw new NullPointerException("register");
        }
    }

    static void shortOffset(int offset) {
        if (offset != (short) offset) {
            throw new IllegalArgumentException("the offset " + offset + " does not fit into the 16 bits of the instruction; "
                    + "add it to the base register first");
        }
    }

    static void shortDistance(int distance) {
        if (distance != (short) distance) {
            throw new IllegalArgumentException("the distance " + distance + " does not fit into the 16 bits of a jump");
        }
    }
}
