package org.jstap.compiler.host;

import java.util.List;
import java.util.Optional;
import org.jstap.compiler.host.stat.StatValue;
import org.jstap.compiler.host.store.ArrayStore;
import org.jstap.compiler.host.store.Cursor;
import org.jstap.compiler.host.store.GlobalStorage;
import org.jstap.compiler.host.text.TextBuffer;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.Stmt.Sort;
import org.jstap.compiler.program.Type;

/** Shows at the end of a session the globals that the script writes and never reads, as SystemTap does. */
public final class GlobalDisplay {
    private GlobalDisplay() { }

    public static void print(List<Global> globals, GlobalStorage storage, TextBuffer out) {
        for (Global global : globals) {
            if (global.written() && !global.read() && !global.library()) {
                if (global.isArray()) {
                    array(global, storage.array(global.id()), out);
                } else {
                    scalar(global, storage, out);
                }
            }
        }
    }

    private static void scalar(Global global, GlobalStorage storage, TextBuffer out) {
        out.append(global.name());
        switch (global.value()) {
            case STATS -> statistic(storage.statistic(global.id()).get(), out);
            case STRING -> text(storage.text(global.id()).get(), out);
            case LONG, VOID -> {
                out.append('=');
                out.append(storage.number(global.id()).get());
            }
        }
        out.append('\n');
    }

    private static void array(Global global, ArrayStore array, TextBuffer out) {
        Cursor cursor = array.cursor(Optional.of(new Sort(0, true, Optional.empty())), Long.MAX_VALUE);
        while (cursor.next()) {
            out.append(global.name());
            out.append('[');
            for (int i = 0; i < global.keys().size(); i++) {
                if (i > 0) {
                    out.append(',');
                }
                if (global.keys().get(i) == Type.STRING) {
                    out.append('"');
                    out.append(cursor.keyText(i));
                    out.append('"');
                } else {
                    out.append(cursor.keyNumber(i));
                }
            }
            out.append(']');
            switch (global.value()) {
                case STATS -> statistic(cursor.statistic(), out);
                case STRING -> text(cursor.text(), out);
                case LONG, VOID -> {
                    out.append('=');
                    out.append(cursor.number());
                }
            }
            out.append('\n');
        }
    }

    private static void text(String value, TextBuffer out) {
        out.append("=\"");
        out.append(value);
        out.append('"');
    }

    private static void statistic(StatValue value, TextBuffer out) {
        out.append(" @count=");
        out.append(value.count());
        if (!value.isEmpty()) {
            out.append(" @min=");
            out.append(value.min());
            out.append(" @max=");
            out.append(value.max());
            out.append(" @sum=");
            out.append(value.sum());
            out.append(" @avg=");
            out.append(value.average());
        }
    }
}
