package org.jstap.symbols.dwarf;

/** Reads attribute values (section 7.5.6). */
final class Forms {
    private Forms() {}

    /**
     * Reads one value and leaves the cursor behind it. Numbers, offsets and indices are returned as they are stored;
     * of blocks, expressions and inline strings the value is of no use and 0, they are skipped.
     */
    static long read(Cursor in, int form, long constant, int addressSize, int offsetSize, int version) {
        return switch (form) {
            case Dw.FORM_ADDR -> addressSize == 8 ? in.u64() : in.u32();
            case Dw.FORM_DATA1, Dw.FORM_REF1, Dw.FORM_FLAG, Dw.FORM_STRX1, Dw.FORM_ADDRX1 -> in.u8();
            case Dw.FORM_DATA2, Dw.FORM_REF2, Dw.FORM_STRX2, Dw.FORM_ADDRX2 -> in.u16();
            case Dw.FORM_STRX3, Dw.FORM_ADDRX3 -> in.u24();
            case Dw.FORM_DATA4, Dw.FORM_REF4, Dw.FORM_STRX4, Dw.FORM_ADDRX4, Dw.FORM_REF_SUP4 -> in.u32();
            case Dw.FORM_DATA8, Dw.FORM_REF8, Dw.FORM_REF_SIG8, Dw.FORM_REF_SUP8 -> in.u64();
            case Dw.FORM_SDATA -> in.sleb();
            case Dw.FORM_UDATA, Dw.FORM_REF_UDATA, Dw.FORM_STRX, Dw.FORM_ADDRX, Dw.FORM_LOCLISTX, Dw.FORM_RNGLISTX,
                    Dw.FORM_GNU_ADDR_INDEX, Dw.FORM_GNU_STR_INDEX -> in.uleb();
            case Dw.FORM_STRP, Dw.FORM_LINE_STRP, Dw.FORM_SEC_OFFSET, Dw.FORM_STRP_SUP, Dw.FORM_GNU_REF_ALT,
                    Dw.FORM_GNU_STRP_ALT -> in.offset(offsetSize);
            // Version 2 gave such references the size of an address.
            case Dw.FORM_REF_ADDR -> version <= 2 ? in.offset(addressSize) : in.offset(offsetSize);
            case Dw.FORM_FLAG_PRESENT -> 1;
            case Dw.FORM_IMPLICIT_CONST -> constant;
            case Dw.FORM_INDIRECT -> read(in, (int) in.uleb(), 0, addressSize, offsetSize, version);
            case Dw.FORM_STRING -> {
                in.skipString();
                yield 0;
            }
            case Dw.FORM_BLOCK1 -> skip(in, in.u8());
            case Dw.FORM_BLOCK2 -> skip(in, in.u16());
            case Dw.FORM_BLOCK4 -> skip(in, in.u32());
            case Dw.FORM_BLOCK, Dw.FORM_EXPRLOC -> skip(in, in.uleb());
            case Dw.FORM_DATA16 -> skip(in, 16);
            default -> throw new IndexOutOfBoundsException("attribute form 0x" + Integer.toHexString(form)
                    + " is not known");
        };
    }

    private static long skip(Cursor in, long bytes) {
        in.skip(bytes);
        return 0;
    }

    /** Whether a reference of this form counts from the start of its unit rather than of the section. */
    static boolean isUnitReference(int form) {
        return form >= Dw.FORM_REF1 && form <= Dw.FORM_REF_UDATA;
    }

    static boolean isAddressIndex(int form) {
        return form == Dw.FORM_ADDRX || form >= Dw.FORM_ADDRX1 && form <= Dw.FORM_ADDRX4
                || form == Dw.FORM_GNU_ADDR_INDEX;
    }

    static boolean isStringIndex(int form) {
        return form == Dw.FORM_STRX || form >= Dw.FORM_STRX1 && form <= Dw.FORM_STRX4
                || form == Dw.FORM_GNU_STR_INDEX;
    }
}
