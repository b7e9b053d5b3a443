package org.jstap.symbols.source;

/**
 * One function of one source file, as the index knows it.
 *
 * @param name name in the source
 * @param file path below the kernel's source directory, {@code net/socket.c}
 * @param line line of its declaration in the kernel asked for, or in the nearest one that has the function; 0 if unknown
 * @param kernels bit i is set if kernel i of {@link SourceIndex#kernels()} has the function in this file
 * @param elsewhere whether another file, in some kernel, defines a function of the same name
 */
public record IndexedFunction(String name, String file, int line, int kernels, boolean elsewhere) {
    /** Whether this kernel has the function in this file. */
    public boolean isIn(int kernel) {
        return (kernels >> kernel & 1) != 0;
    }
}
