package org.jstap.language.diagnostic;

import org.jstap.language.source.Span;

/**
 * The one place that turns diagnostics into text. The shape is that of {@code stap}: the message, what was seen and
 * where, the source line with a caret; then the related places and the hints.
 */
public final class DiagnosticPrinter {
    /** A generated or garbage line may be megabytes long; a terminal shows this many columns of it. */
    private static final int WIDEST_LINE = 240;

    private DiagnosticPrinter() {
    }

    /** The text of all diagnostics, each ending in a newline. */
    public static String print(Iterable<Diagnostic> diagnostics) {
        StringBuilder out = new StringBuilder();
        for (Diagnostic diagnostic : diagnostics) {
            print(out, diagnostic);
        }
        return out.toString();
    }

    /** The text of one diagnostic, ending in a newline. */
    public static String print(Diagnostic diagnostic) {
        StringBuilder out = new StringBuilder();
        print(out, diagnostic);
        return out.toString();
    }

    private static void print(StringBuilder out, Diagnostic diagnostic) {
        out.append(diagnostic.isError() ? diagnostic.phase().title() : "WARNING")
                .append(": ").append(printable(diagnostic.message())).append('\n');
        if (diagnostic.primary().isPresent()) {
            Span at = diagnostic.primary().get();
            String label = diagnostic.saw().isPresent() && diagnostic.phase() == Phase.PARSE ? "saw" : "at";
            place(out, label, diagnostic.saw().orElse(""), at);
        }
        for (Diagnostic.Related related : diagnostic.related()) {
            place(out, "note", related.label(), related.span());
        }
        for (String hint : diagnostic.hints()) {
            label(out, "hint").append(printable(hint)).append('\n');
        }
    }

    private static void place(StringBuilder out, String label, String what, Span at) {
        label(out, label);
        if (!what.isEmpty()) {
            out.append(printable(what)).append(" at ");
        }
        out.append(at.position()).append('\n');
        source(out, at);
        Span inner = at;
        // A runaway expansion has thousands of levels; the innermost few and the outermost tell all.
        for (int depth = 0; inner.expandedFrom().isPresent(); depth++) {
            inner = inner.expandedFrom().get();
            if (depth < 3 || inner.expandedFrom().isEmpty()) {
                label(out, "in expansion of macro").append("'").append(printable(inner.text())).append("' at ")
                        .append(inner.position()).append('\n');
                source(out, inner);
            }
        }
    }

    private static void source(StringBuilder out, Span at) {
        String line = at.file().lineText(at.line());
        int column = at.column() - 1;
        int from = column > WIDEST_LINE - 40 ? column - WIDEST_LINE / 2 : 0;
        int to = Math.min(line.length(), from + WIDEST_LINE);
        label(out, "source").append(printable(line.substring(Math.min(from, to), to))).append('\n');
        label(out, "");
        out.setLength(out.length() - 2);
        out.append("  ");
        for (int i = from; i < column; i++) {
            out.append(i < line.length() && line.charAt(i) == '\t' ? '\t' : ' ');
        }
        out.append("^\n");
    }

    private static StringBuilder label(StringBuilder out, String label) {
        for (int i = label.length(); i < 11; i++) {
            out.append(' ');
        }
        return out.append(label).append(": ");
    }

    /** Control bytes would upset the terminal and the caret; each becomes one '?'. */
    private static String printable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(c < ' ' && c != '\t' || c == 0x7f ? '?' : c);
        }
        return out.toString();
    }
}
