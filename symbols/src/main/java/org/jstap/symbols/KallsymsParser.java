package org.jstap.symbols;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One pass over the text of kallsyms; per symbol it leaves numbers only. */
final class KallsymsParser {
    long[] addresses;
    int[] nameOffsets;
    short[] nameLengths;
    byte[] types;
    int count;

    private final byte[] text;
    /** The modules in the order of their first symbols, and the index of that first symbol: modules come in runs. */
    private final List<String> modules = new ArrayList<>();
    private int[] moduleStarts = new int[16];

    KallsymsParser(byte[] text, int length) {
        this.text = text;
        int guess = length / 40 + 16;
        addresses = new long[guess];
        nameOffsets = new int[guess];
        nameLengths = new short[guess];
        types = new byte[guess];
        modules.add("");
        int at = 0;
        while (at < length) {
            at = line(at, length);
        }
    }

    private int line(int start, int length) {
        int at = start;
        long address = 0;
        int digit;
        while (at < length && (digit = hex(text[at])) >= 0) {
            address = address << 4 | digit;
            at++;
        }
        int nameStart = at + 3;
        boolean good = at > start && nameStart < length && text[at] == ' ' && text[at + 2] == ' ';
        if (!good) {
            return endOfLine(at, length) + 1;
        }
        byte type = text[at + 1];
        at = nameStart;
        while (at < length && text[at] > ' ') {
            at++;
        }
        int nameEnd = at;
        int end = at < length && text[at] == '\n' ? at : endOfLine(at, length);
        if (nameEnd > nameStart && nameEnd - nameStart <= 0xffff) {
            noteModule(nameEnd, end);
            add(address, type, nameStart, nameEnd - nameStart);
        }
        return end + 1;
    }

    private int endOfLine(int from, int length) {
        int at = from;
        while (at < length && text[at] != '\n') {
            at++;
        }
        return at;
    }

    private static int hex(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        if (b >= 'a' && b <= 'f') {
            return b - 'a' + 10;
        }
        return b >= 'A' && b <= 'F' ? b - 'A' + 10 : -1;
    }

    private void noteModule(int from, int end) {
        int open = from;
        while (open < end && text[open] != '[') {
            open++;
        }
        int close = open;
        while (close < end && text[close] != ']') {
            close++;
        }
        String current = modules.getLast();
        int start = Math.min(open + 1, close);
        if (sameAs(current, start, close)) {
            return;
        }
        if (modules.size() == moduleStarts.length) {
            moduleStarts = Arrays.copyOf(moduleStarts, moduleStarts.length * 2);
        }
        moduleStarts[modules.size()] = count;
        modules.add(new String(text, start, close - start, StandardCharsets.UTF_8));
    }

    private boolean sameAs(String name, int from, int to) {
        if (name.length() != to - from) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) != text[from + i]) {
                return false;
            }
        }
        return true;
    }

    private void add(long address, byte type, int nameOffset, int nameLength) {
        if (count == addresses.length) {
            int larger = count * 2;
            addresses = Arrays.copyOf(addresses, larger);
            nameOffsets = Arrays.copyOf(nameOffsets, larger);
            nameLengths = Arrays.copyOf(nameLengths, larger);
            types = Arrays.copyOf(types, larger);
        }
        addresses[count] = address;
        types[count] = type;
        nameOffsets[count] = nameOffset;
        nameLengths[count] = (short) nameLength;
        count++;
    }

    String module(int index) {
        int run = Arrays.binarySearch(moduleStarts, 0, modules.size(), index);
        return modules.get(run >= 0 ? run : -run - 2);
    }
}
