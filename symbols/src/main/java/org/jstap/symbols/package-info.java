/**
 * From a kernel symbol's name to its address and source file, and back.
 *
 * <p>Here live the kernel's symbol table ({@link org.jstap.symbols.Kallsyms}), SystemTap's name patterns
 * ({@link org.jstap.symbols.Glob}) and the proposals for mistyped names ({@link org.jstap.symbols.NearNames}). The
 * packages below read ELF and DWARF ({@code elf}, {@code dwarf}) and know the source files of functions
 * ({@code source}). Nothing here may know of eBPF, of SystemTap scripts, or call the system other than by reading files.
 */
package org.jstap.symbols;
