package org.jstap.symbols.dwarf;

import java.util.ArrayList;
import java.util.List;

/** The names of files in the header of a line number program, versions 2 to 5 (section 6.2.4). */
final class LineHeader {
    private static final int CONTENT_PATH = 1;
    private static final int CONTENT_DIRECTORY = 2;

    private final List<String> files;

    LineHeader(Sections sections, Unit unit, long offset) {
        Cursor in = new Cursor(sections.line(), offset);
        long length = in.u32();
        int offsetSize = 4;
        if (length == 0xffffffffL) {
            in.u64();
            offsetSize = 8;
        }
        int version = in.u16();
        if (version >= 5) {
            in.skip(2);
        }
        in.offset(offsetSize);
        in.skip(version >= 4 ? 5 : 4);
        int opcodes = in.u8();
        in.skip(opcodes - 1L);
        this.files = version >= 5 ? version5(in, unit, offsetSize) : before5(in);
    }

    /** The path of a file by its number in the unit's attributes; empty if there is no such file. */
    String file(long number) {
        return number >= 0 && number < files.size() ? files.get((int) number) : "";
    }

    private static String join(String directory, String name) {
        return directory.isEmpty() || name.startsWith("/") ? name : directory + "/" + name;
    }

    private static List<String> before5(Cursor in) {
        List<String> directories = new ArrayList<>();
        directories.add("");
        String name;
        while (!(name = in.string()).isEmpty()) {
            directories.add(name);
        }
        List<String> files = new ArrayList<>();
        files.add("");
        while (!(name = in.string()).isEmpty()) {
            int directory = (int) in.uleb();
            in.uleb();
            in.uleb();
            files.add(join(directory < directories.size() ? directories.get(directory) : "", name));
        }
        return files;
    }

    private static List<String> version5(Cursor in, Unit unit, int offsetSize) {
        List<String> directories = entries(in, unit, offsetSize, List.of());
        return entries(in, unit, offsetSize, directories);
    }

    private static List<String> entries(Cursor in, Unit unit, int offsetSize, List<String> directories) {
        int columns = in.u8();
        int[] contents = new int[columns];
        int[] forms = new int[columns];
        for (int i = 0; i < columns; i++) {
            contents[i] = (int) in.uleb();
            forms[i] = (int) in.uleb();
        }
        long count = in.uleb();
        List<String> names = new ArrayList<>();
        for (long n = 0; n < count; n++) {
            String name = "";
            long directory = 0;
            for (int i = 0; i < columns; i++) {
                int start = in.at;
                long value = Forms.read(in, forms[i], 0, unit.addressSize, offsetSize, 5);
                if (contents[i] == CONTENT_PATH) {
                    name = forms[i] == Dw.FORM_STRING
                            ? new Cursor(in.data, start).string() : unit.string(forms[i], value, start);
                } else if (contents[i] == CONTENT_DIRECTORY) {
                    directory = value;
                }
            }
            names.add(directory < directories.size() ? join(directories.get((int) directory), name) : name);
        }
        return names;
    }
}
