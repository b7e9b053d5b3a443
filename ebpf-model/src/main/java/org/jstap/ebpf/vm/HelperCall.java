package org.jstap.ebpf.vm;

/** A call of a helper: its arguments, and the machine. */
public interface HelperCall {
    /** An argument, 1 to 5, as in the registers. */
    long argument(int number);

    /** The machine. */
    Vm vm();

    /** The address of the program's context. */
    long context();

    /**
     * Runs a function of the program, as helpers with a callback do.
     *
     * @param function  its address, as an argument gives it
     * @param arguments for R1 and on
     * @return what it leaves in R0
     */
    long callBack(long function, long... arguments);

    /** The low 32 bits of an argument as a size. */
    default int size(int number) {
        long size = argument(number) & 0xffffffffL;
        if (size > Memory.LARGEST_REGION) {
            throw new VmException("argument " + number + " is the size " + size + ", which is too large");
        }
        return (int) size;
    }
}
