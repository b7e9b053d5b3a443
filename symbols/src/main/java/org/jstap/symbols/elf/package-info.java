/**
 * Reads ELF files: sections, symbols, notes and build id, relocated debug sections of object files and modules.
 *
 * <p>Source: the System V ABI, chapters 4 and 5 (elf(5)), and its x86-64 supplement for relocations. Files are mapped,
 * not read, so that a kernel's debug file of half a gigabyte costs what is looked at. Only 64-bit little-endian files.
 * Nothing here may know of DWARF or of kernels.
 */
package org.jstap.symbols.elf;
