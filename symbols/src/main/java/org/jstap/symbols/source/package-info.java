/**
 * In which source file a kernel function is declared, and which functions a source file has, without debug information.
 *
 * <p>{@link org.jstap.symbols.source.FunctionResolver} answers for a running kernel; behind it stand, in this order,
 * debug information of that kernel if it is installed ({@link org.jstap.symbols.source.KernelDebugInfo}), the index that
 * comes with jstap ({@link org.jstap.symbols.source.SourceIndex}), and for functions newer than the index the order of
 * the symbols in the kernel. {@link org.jstap.symbols.source.FileIndexBuilder} makes the index out of kernels' debug
 * files; {@code symbols/build-index} fetches those and runs it. Nothing here may know of eBPF or of scripts.
 *
 * <h2>The index</h2>
 * One entry per function and source file; several kernels share it, each a bit in the entry's mask. A function is in it
 * if it has code of its own in that kernel, that is, unless every call of it was inlined. The file is that of the
 * declaration, so the entries of system calls ({@code __x64_sys_bind}) belong to the file that defines them, and copies
 * of a header's inline functions to the header.
 *
 * <p>Numbers are little-endian; <i>varint</i> is an unsigned LEB128 of at most 32 bits, <i>zigzag</i> a varint of
 * {@code n << 1 ^ n >> 31}; deflated parts are raw deflate, each by itself.
 * <pre>
 * u32     "JSFI"
 * u8      version of the format, 1
 * u8      number of kernels, at most 7, oldest first; each:
 *             varint length, release in ASCII
 * varint  number of files
 * varint  length of the paths, deflated
 * varint  length of the paths, plain
 * varint  length of the filter
 * varint  number of blocks; each:
 *             varint files, varint length deflated, varint length plain
 * paths   deflated; sorted; each: varint bytes shared with the path before, varint length of the rest, the rest
 * filter  a Bloom filter over all names: 8 bits a name, 5 hashes of 64-bit FNV-1a
 * blocks  each deflated; in each, for its files (the next ones in the order of paths):
 *             per file: varint number of functions
 *             per function: varint length, name; a file's functions in the order of their lines
 *             per function: u8 mask: bit i: kernel i has it; bit 7: another file has a function of that name
 *             per function: zigzag of its line in the newest kernel that has it, minus that of the function before;
 *                 then for each older kernel that has it, from new to old: zigzag of how far its line there lies
 *                 before this one, minus the same of the last function of the file that kernel has
 * </pre>
 * A block holds some 50 KB: looking a file up inflates the paths and one block.
 */
package org.jstap.symbols.source;
