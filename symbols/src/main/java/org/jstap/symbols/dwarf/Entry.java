package org.jstap.symbols.dwarf;

import org.jstap.symbols.dwarf.Abbreviations.Abbreviation;

/** The attributes of one entry that matter for functions; filled again for every entry, so that none is allocated. */
final class Entry {
    Unit unit;
    Abbreviation abbreviation;
    long sibling;
    /** Offset in the section of the entry that completes this one, -1 without. */
    long origin;
    boolean hasCode;
    boolean declaration;
    boolean external;
    int inline;
    boolean hasFile;
    long fileNumber;
    long line;

    private int nameForm;
    private long nameValue;
    private int nameAt;
    private int lowForm;
    private long lowValue;
    private int rangesForm;
    private long rangesValue;

    /** Reads the attributes at the cursor, which stands behind the abbreviation's code. */
    void fill(Unit ofUnit, Abbreviation ofAbbreviation, Cursor in) {
        clear();
        unit = ofUnit;
        abbreviation = ofAbbreviation;
        int[] attributes = abbreviation.attributes();
        long[] constants = abbreviation.constants();
        for (int i = 0; i < attributes.length; i += 2) {
            int at = in.at;
            int form = attributes[i + 1];
            take(attributes[i], form, unit.read(in, form, constants[i / 2]), at);
        }
        hasCode = lowForm != 0 || rangesForm != 0;
    }

    private void clear() {
        sibling = 0;
        origin = -1;
        declaration = false;
        external = false;
        inline = 0;
        hasFile = false;
        fileNumber = 0;
        line = 0;
        nameForm = 0;
        lowForm = 0;
        rangesForm = 0;
    }

    private void take(int attribute, int form, long value, int at) {
        switch (attribute) {
            case Dw.AT_SIBLING -> sibling = reference(form, value);
            case Dw.AT_NAME -> {
                nameForm = form;
                nameValue = value;
                nameAt = at;
            }
            case Dw.AT_ABSTRACT_ORIGIN, Dw.AT_SPECIFICATION -> origin = reference(form, value);
            case Dw.AT_DECL_FILE -> {
                hasFile = true;
                fileNumber = value;
            }
            case Dw.AT_DECL_LINE -> line = value;
            case Dw.AT_DECLARATION -> declaration = value != 0;
            case Dw.AT_EXTERNAL -> external = value != 0;
            case Dw.AT_INLINE -> inline = (int) value;
            case Dw.AT_LOW_PC -> {
                lowForm = form;
                lowValue = value;
            }
            case Dw.AT_RANGES -> {
                rangesForm = form;
                rangesValue = value;
            }
            default -> { }
        }
    }

    private long reference(int form, long value) {
        if (Forms.isUnitReference(form)) {
            return unit.start + value;
        }
        return form == Dw.FORM_REF_ADDR ? value : -1;
    }

    /** Empty if the entry has no name. */
    String name() {
        return nameForm == 0 ? "" : unit.string(nameForm, nameValue, nameAt);
    }

    long address() {
        if (lowForm != 0) {
            return unit.address(lowForm, lowValue);
        }
        return rangesForm != 0 ? unit.firstAddress(rangesForm, rangesValue) : 0;
    }
}
