package org.jstap.language.tree;

import java.util.List;

/** Spells format strings and bytes as SystemTap text. */
final class FormatPrinter {
    private FormatPrinter() {
    }

    static String quoted(List<FormatPart> format) {
        StringBuilder out = new StringBuilder("\"");
        for (FormatPart part : format) {
            part(out, part);
        }
        return out.append('"').toString();
    }

    static void part(StringBuilder out, FormatPart part) {
        switch (part) {
            case FormatPart.LiteralText text -> escape(out, text.text().replace("%", "%%"));
            case FormatPart.Conversion conversion -> {
                out.append('%').append(conversion.flag().text()).append(conversion.zero() ? "0" : "");
                measure(out, "", conversion.width());
                measure(out, ".", conversion.precision());
                out.append(conversion.letter().letter());
            }
        }
    }

    private static void measure(StringBuilder out, String prefix, FormatPart.Measure measure) {
        switch (measure) {
            case FormatPart.Measure.None _ -> { }
            case FormatPart.Measure.Fixed fixed -> out.append(prefix).append(fixed.value());
            case FormatPart.Measure.Star _ -> out.append(prefix).append('*');
        }
    }

    static String quote(String bytes) {
        StringBuilder out = new StringBuilder("\"");
        escape(out, bytes);
        return out.append('"').toString();
    }

    private static void escape(StringBuilder out, String bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            char c = bytes.charAt(i);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c >= ' ' && c < 0x7f) {
                        out.append(c);
                    } else {
                        // Always three digits, so that a digit that follows is not taken in.
                        out.append('\\').append((char) ('0' + (c >> 6 & 7))).append((char) ('0' + (c >> 3 & 7)))
                                .append((char) ('0' + (c & 7)));
                    }
                }
            }
        }
    }
}
