package org.jstap.symbols.dwarf;

/**
 * One function of one compilation unit.
 *
 * @param unit name of the compilation unit as recorded
 * @param name name in the source
 * @param file where it is declared, as recorded (often relative to the directory of compilation), the unit's name if
 *     the declaration is not recorded (assembler)
 * @param line line of the declaration, from 1; 0 if not recorded
 * @param address where its code starts; in relocatable files relative to a section; 0 without code
 * @param hasCode whether it has code of its own, not only copies inlined into others
 * @param external whether other units see it
 * @param inlined whether the compiler inlined it somewhere
 */
public record DwarfFunction(
        String unit,
        String name,
        String file,
        int line,
        long address,
        boolean hasCode,
        boolean external,
        boolean inlined) {}
