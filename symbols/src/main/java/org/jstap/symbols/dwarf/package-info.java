/**
 * Reads as much of DWARF 4 and 5 as is needed to list the functions of a file with where they were declared.
 *
 * <p>Source: the DWARF Debugging Information Format, versions 4 and 5. {@link org.jstap.symbols.dwarf.DwarfReader} is
 * the door; everything else serves it. Types, variables and locations are skipped over, split files and supplementary
 * files are not followed. Nothing here may know of kernels.
 */
package org.jstap.symbols.dwarf;
