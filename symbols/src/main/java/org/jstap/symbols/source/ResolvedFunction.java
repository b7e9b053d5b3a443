package org.jstap.symbols.source;

/**
 * A function of a source file, found in the running kernel.
 *
 * @param name name in the source
 * @param symbol name in the kernel's symbol table: {@code name}, or with a suffix of the compiler, {@code name.isra.0}
 * @param address where it starts; 0 when the kernel hides addresses
 * @param module the module it belongs to, empty for the kernel proper
 * @param file path below the kernel's source directory
 * @param line line of its declaration, exact only if {@link Source#DEBUGINFO}; 0 if unknown
 * @param source what said that it belongs to the file
 */
public record ResolvedFunction(
        String name, String symbol, long address, String module, String file, int line, Source source) {

    /** What knew the file of a function. */
    public enum Source {
        /** Debug information of the running kernel. */
        DEBUGINFO,
        /** The index that comes with jstap. */
        INDEX,
        /** It lies between functions of the file in the kernel's image. */
        NEIGHBOUR
    }
}
