package org.jstap.ebpf.asm;

/**
 * A place in a program that is being assembled: the goal of jumps, the entry of a function. It is bound once, by
 * {@link Assembler#bind} or {@link Assembler#beginFunction}, before or after it is used, and belongs to one assembler.
 */
public final class Label {
    private final String name;
    private int position = -1;

    /** @param name what listings and errors call it; it need not be unique */
    public Label(String name) {
        this.name = name;
    }

    /** What listings and errors call it. */
    public String name() {
        return name;
    }

    /** Whether it has its place already. */
    public boolean isBound() {
        return position >= 0;
    }

    void bindTo(int index) {
        if (position >= 0) {
            throw new AssemblyException("the label '" + name + "' is bound twice");
        }
        position = index;
    }

    /** Follows the instruction that it stands before. */
    void moveTo(int index) {
        position = index;
    }

    int position() {
        if (position < 0) {
            throw new AssemblyException("the label '" + name + "' is used but never bound");
        }
        return position;
    }

    @Override
    public String toString() {
        return name;
    }
}
