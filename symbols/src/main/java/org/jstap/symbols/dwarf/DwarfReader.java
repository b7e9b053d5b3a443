package org.jstap.symbols.dwarf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jstap.symbols.dwarf.Abbreviations.Abbreviation;
import org.jstap.symbols.elf.ElfFile;
import org.jstap.symbols.elf.ElfFormatException;

/** Lists the functions that a file's debug information describes. Not thread-safe. */
public final class DwarfReader {
    /** A chain of origins is two or three long; more means that the entries refer to each other in a circle. */
    private static final int LONGEST_CHAIN = 8;

    private final ElfFile elf;
    private final Sections sections;
    private final List<Unit> units = new ArrayList<>();
    private final Entry entry = new Entry();
    private final Entry origin = new Entry();

    /** @throws ElfFormatException if the file's sections cannot be read */
    public DwarfReader(ElfFile elf) throws ElfFormatException {
        this.elf = elf;
        this.sections = Sections.of(elf);
    }

    /** Whether the file has debug information at all. */
    public boolean hasDebugInfo() {
        return sections.info().limit() > 0;
    }

    /**
     * Hands over every function that is defined or inlined, unit by unit in the order of the file; declarations of
     * functions that live elsewhere are left out.
     *
     * @throws ElfFormatException if the debug information contradicts itself or uses a form not known
     */
    public void forEachFunction(Consumer<DwarfFunction> action) throws IOException {
        try {
            readUnits();
            for (Unit unit : units) {
                if (unit.hasFunctions) {
                    functionsOf(unit, action);
                }
            }
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new ElfFormatException(elf.path() + ": debug information cannot be read: " + e.getMessage(), e);
        }
    }

    private void readUnits() {
        if (!units.isEmpty()) {
            return;
        }
        Unit last = null;
        int at = 0;
        while (at < sections.info().limit()) {
            last = new Unit(sections, at, last);
            units.add(last);
            at = last.end;
        }
    }

    private void functionsOf(Unit unit, Consumer<DwarfFunction> action) {
        Cursor in = new Cursor(sections.info(), unit.childrenAt());
        int depth = 0;
        // The depth below the unit down to which functions are looked for; deeper only inside namespaces.
        int wanted = 0;
        while (in.at < unit.end) {
            long code = in.uleb();
            if (code == 0) {
                depth--;
                wanted = Math.min(wanted, depth);
                if (depth < 0) {
                    return;
                }
                continue;
            }
            Abbreviation abbreviation = unit.abbreviations.get(code);
            entry.fill(unit, abbreviation, in);
            if (abbreviation.tag() == Dw.TAG_SUBPROGRAM && depth == wanted) {
                function(unit, action);
            }
            if (!abbreviation.hasChildren()) {
                continue;
            }
            if (abbreviation.tag() == Dw.TAG_NAMESPACE && depth == wanted) {
                depth++;
                wanted++;
            } else if (entry.sibling > in.at && entry.sibling <= unit.end) {
                in.seek(entry.sibling);
            } else {
                depth++;
            }
        }
    }

    private void function(Unit unit, Consumer<DwarfFunction> action) {
        boolean hasCode = entry.hasCode;
        if (!hasCode && entry.inline != 1 && entry.inline != 3) {
            return;
        }
        String name = entry.name();
        String file = entry.hasFile ? unit.file(entry.fileNumber) : "";
        long line = entry.line;
        boolean external = entry.external;
        int inline = entry.inline;
        long next = entry.origin;
        for (int i = 0; next >= 0 && i < LONGEST_CHAIN; i++) {
            fillOrigin(unit, next);
            name = name.isEmpty() ? origin.name() : name;
            file = file.isEmpty() && origin.hasFile ? origin.unit.file(origin.fileNumber) : file;
            line = line == 0 ? origin.line : line;
            external |= origin.external;
            inline = inline == 0 ? origin.inline : inline;
            next = origin.origin;
        }
        if (!name.isEmpty()) {
            action.accept(new DwarfFunction(unit.name(), name, file.isEmpty() ? unit.name() : file, (int) line,
                    entry.address(), hasCode, external, inline == 1 || inline == 3));
        }
    }

    private void fillOrigin(Unit from, long offset) {
        Unit unit = offset >= from.start && offset < from.end ? from : unitOf(offset);
        Cursor in = new Cursor(sections.info(), offset);
        origin.fill(unit, unit.abbreviations.get(in.uleb()), in);
    }

    private Unit unitOf(long offset) {
        int low = 0;
        int high = units.size() - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (units.get(middle).start <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return units.get(low);
    }
}
