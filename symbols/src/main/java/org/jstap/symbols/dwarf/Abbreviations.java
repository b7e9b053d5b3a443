package org.jstap.symbols.dwarf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One abbreviation table: what the entries of a unit look like. */
final class Abbreviations {
    /**
     * @param attributes attribute and form, in turn
     * @param constants the values of the attributes of form implicit_const, at half the index of their attribute
     */
    record Abbreviation(int tag, boolean hasChildren, int[] attributes, long[] constants) {}

    private final List<Abbreviation> byCode = new ArrayList<>();
    private final Map<Long, Abbreviation> others = new HashMap<>();

    Abbreviations(ByteBuffer section, long offset) {
        Cursor in = new Cursor(section, offset);
        int[] attributes = new int[512];
        long[] constants = new long[256];
        while (true) {
            long code = in.uleb();
            if (code == 0) {
                return;
            }
            int tag = (int) in.uleb();
            boolean hasChildren = in.u8() != 0;
            int n = 0;
            while (true) {
                int attribute = (int) in.uleb();
                int form = (int) in.uleb();
                constants[n / 2] = form == Dw.FORM_IMPLICIT_CONST ? in.sleb() : 0;
                if (attribute == 0 && form == 0) {
                    break;
                }
                attributes[n++] = attribute;
                attributes[n++] = form;
            }
            Abbreviation abbreviation = new Abbreviation(tag, hasChildren,
                    Arrays.copyOf(attributes, n), Arrays.copyOf(constants, n / 2));
            // Producers number them from 1 without gaps; the standard does not ask for it.
            if (code == byCode.size() + 1) {
                byCode.add(abbreviation);
            } else {
                others.put(code, abbreviation);
            }
        }
    }

    Abbreviation get(long code) {
        if (code <= byCode.size()) {
            return byCode.get((int) code - 1);
        }
        Abbreviation found = others.get(code);
        if (found == null) {
            throw new IndexOutOfBoundsException("abbreviation " + code + " is not defined");
        }
        return found;
    }
}
