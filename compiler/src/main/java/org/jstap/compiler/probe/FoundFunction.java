package org.jstap.compiler.probe;

import java.util.OptionalLong;

/**
 * A function of the kernel.
 *
 * @param name    its name in the source
 * @param symbol  its name in the symbol table, perhaps with a suffix of the compiler
 * @param module  the module that it belongs to, empty for the kernel image
 * @param address absent where the kernel hides addresses
 * @param file    path below the kernel's source directory, empty where it was not asked for
 * @param line    line of its declaration, 0 where unknown
 * @param unique  whether no other function of the kernel image has the same symbol
 */
public record FoundFunction(String name, String symbol, String module, OptionalLong address, String file, int line,
                            boolean unique) { }
