package org.jstap.symbols.dwarf;

import org.jstap.symbols.dwarf.Abbreviations.Abbreviation;

/** One unit of {@code .debug_info}: its header, and what the attributes of its first entry say about the rest. */
final class Unit {
    final int start;
    final int end;
    final int version;
    final int addressSize;
    final int offsetSize;
    final int firstEntry;
    final boolean hasFunctions;
    final Abbreviations abbreviations;

    private final Sections sections;
    private final long abbrevAt;
    private long strOffsetsBase;
    private long addrBase;
    private long rnglistsBase;
    private String name = "";
    private long lineOffset = -1;
    private long lowPc;
    private int childrenAt;
    private LineHeader lines;

    /** @param shared the table of the unit before, taken over when this one uses the same, as in assembler files */
    Unit(Sections sections, int start, Unit shared) {
        this.sections = sections;
        this.start = start;
        Cursor in = new Cursor(sections.info(), start);
        long length = in.u32();
        if (length == 0xffffffffL) {
            length = in.u64();
            offsetSize = 8;
        } else {
            offsetSize = 4;
        }
        Cursor afterUnit = new Cursor(sections.info(), in.at);
        afterUnit.skip(length);
        this.end = afterUnit.at;
        this.version = in.u16();
        int type = Dw.UT_COMPILE;
        long abbrevOffset;
        if (version >= 5) {
            type = in.u8();
            addressSize = in.u8();
            abbrevOffset = in.offset(offsetSize);
            if (type == Dw.UT_SKELETON || type == Dw.UT_SPLIT_COMPILE) {
                in.skip(8);
            } else if (type == Dw.UT_TYPE || type == Dw.UT_SPLIT_TYPE) {
                in.skip(8 + offsetSize);
            }
        } else {
            abbrevOffset = in.offset(offsetSize);
            addressSize = in.u8();
        }
        this.firstEntry = in.at;
        this.hasFunctions = version >= 2 && version <= 5 && (type == Dw.UT_COMPILE || type == Dw.UT_PARTIAL);
        this.abbrevAt = abbrevOffset;
        this.abbreviations = shared != null && shared.abbrevAt == abbrevOffset
                ? shared.abbreviations : new Abbreviations(sections.abbrev(), abbrevOffset);
        // The standard gives the first entry after the section's header where the base is not said (split units).
        this.strOffsetsBase = offsetSize == 8 ? 16 : 8;
        this.addrBase = 8;
        this.rnglistsBase = offsetSize == 8 ? 20 : 12;
        if (hasFunctions) {
            readFirstEntry();
        }
    }

    private void readFirstEntry() {
        Cursor in = new Cursor(sections.info(), firstEntry);
        long code = in.uleb();
        if (code == 0) {
            childrenAt = end;
            return;
        }
        Abbreviation abbreviation = abbreviations.get(code);
        int[] attributes = abbreviation.attributes();
        int nameForm = 0;
        long nameValue = 0;
        int nameAt = 0;
        int lowForm = 0;
        for (int i = 0; i < attributes.length; i += 2) {
            int at = in.at;
            int form = attributes[i + 1];
            long value = read(in, form, abbreviation.constants()[i / 2]);
            switch (attributes[i]) {
                case Dw.AT_NAME -> {
                    nameForm = form;
                    nameValue = value;
                    nameAt = at;
                }
                case Dw.AT_STMT_LIST -> lineOffset = value;
                case Dw.AT_STR_OFFSETS_BASE -> strOffsetsBase = value;
                case Dw.AT_ADDR_BASE -> addrBase = value;
                case Dw.AT_RNGLISTS_BASE -> rnglistsBase = value;
                case Dw.AT_LOW_PC -> {
                    lowForm = form;
                    lowPc = value;
                }
                default -> { }
            }
        }
        // Indices can be looked up only now: the bases may follow them.
        name = nameForm == 0 ? "" : string(nameForm, nameValue, nameAt);
        lowPc = lowForm == 0 ? 0 : address(lowForm, lowPc);
        childrenAt = abbreviation.hasChildren() ? in.at : end;
    }

    String name() {
        return name;
    }

    /** Where the entries below the unit's own start; the unit's end if there are none. */
    int childrenAt() {
        return childrenAt;
    }

    long read(Cursor in, int form, long constant) {
        return Forms.read(in, form, constant, addressSize, offsetSize, version);
    }

    /** The path of a file by its number, as recorded; empty if not known. */
    String file(long number) {
        if (lines == null) {
            if (lineOffset < 0) {
                return "";
            }
            lines = new LineHeader(sections, this, lineOffset);
        }
        return lines.file(number);
    }

    /** @param at where the value stands in {@code .debug_info}, for strings that stand there themselves */
    String string(int form, long value, int at) {
        if (Forms.isStringIndex(form)) {
            Cursor in = new Cursor(sections.strOffsets(), strOffsetsBase + value * offsetSize);
            return new Cursor(sections.str(), in.offset(offsetSize)).string();
        }
        return switch (form) {
            case Dw.FORM_STRING -> new Cursor(sections.info(), at).string();
            case Dw.FORM_STRP -> new Cursor(sections.str(), value).string();
            case Dw.FORM_LINE_STRP -> new Cursor(sections.lineStr(), value).string();
            default -> "";
        };
    }

    long address(int form, long value) {
        return Forms.isAddressIndex(form) ? indexedAddress(value) : value;
    }

    private long indexedAddress(long index) {
        Cursor in = new Cursor(sections.addr(), addrBase + index * addressSize);
        return in.offset(addressSize);
    }

    /** The start of the first range of a range list, 0 if it is empty. */
    long firstAddress(int form, long value) {
        if (version < 5) {
            return firstOfRanges(value);
        }
        long offset = value;
        if (form == Dw.FORM_RNGLISTX) {
            Cursor table = new Cursor(sections.rnglists(), rnglistsBase + value * offsetSize);
            offset = rnglistsBase + table.offset(offsetSize);
        }
        Cursor in = new Cursor(sections.rnglists(), offset);
        long base = lowPc;
        while (true) {
            switch (in.u8()) {
                case 1 -> base = indexedAddress(in.uleb());
                case 2, 3 -> {
                    return indexedAddress(in.uleb());
                }
                case 4 -> {
                    return base + in.uleb();
                }
                case 5 -> base = in.offset(addressSize);
                case 6, 7 -> {
                    return in.offset(addressSize);
                }
                default -> {
                    return 0;
                }
            }
        }
    }

    private long firstOfRanges(long offset) {
        Cursor in = new Cursor(sections.ranges(), offset);
        long largest = addressSize == 8 ? -1L : 0xffffffffL;
        long base = lowPc;
        while (true) {
            long from = in.offset(addressSize);
            long to = in.offset(addressSize);
            if (from == largest) {
                base = to;
            } else {
                return from == 0 && to == 0 ? 0 : base + from;
            }
        }
    }
}
