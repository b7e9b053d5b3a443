package org.jstap.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticPrinter;
import org.jstap.language.source.SourceFile;
import org.jstap.language.source.Span;

/** Writes diagnostics to standard error, as far as the options want to see them. */
final class Messages {
    private static final String RESET = "\u001b[m";
    private static final String RED = "\u001b[1;31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String BLUE = "\u001b[34m";
    private static final String BOLD = "\u001b[1m";

    private final PrintStream err;
    private final Options options;

    Messages(PrintStream err, Options options) {
        this.err = err;
        this.options = options;
    }

    /** Prints them; true if one of them stops the translation. */
    boolean report(Iterable<Diagnostic> diagnostics) {
        boolean fatal = false;
        for (Diagnostic diagnostic : diagnostics) {
            if (diagnostic.isError() || options.warnings() != Options.Warnings.HIDDEN) {
                show(DiagnosticPrinter.print(diagnostic));
            }
            fatal |= diagnostic.isError() || options.warnings() == Options.Warnings.ERRORS;
        }
        return fatal;
    }

    /** The same; an error that stands at no place in the script names the script at least. */
    boolean report(List<Diagnostic> diagnostics, SourceFile script) {
        List<Diagnostic> placed = new ArrayList<>();
        for (Diagnostic diagnostic : diagnostics) {
            placed.add(diagnostic.isError() && diagnostic.primary().isEmpty() ? at(diagnostic, script.span(0, 0)) : diagnostic);
        }
        return report(placed);
    }

    private static Diagnostic at(Diagnostic diagnostic, Span place) {
        return new Diagnostic(diagnostic.severity(), diagnostic.phase(), diagnostic.code(), diagnostic.message(), diagnostic.saw(),
                Optional.of(place), diagnostic.related(), diagnostic.hints());
    }

    private void show(String text) {
        if (!colored()) {
            err.print(text);
            return;
        }
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from) + 1;
            end = end == 0 ? text.length() : end;
            line(text.substring(from, end));
            from = end;
        }
    }

    private void line(String line) {
        int colon = line.indexOf(':');
        String label = colon < 0 ? "" : line.substring(0, colon + 1);
        String color = label.endsWith("error:") ? RED : label.equals("WARNING:") ? YELLOW : label.isBlank() ? "" : BLUE;
        if (!color.isEmpty()) {
            err.print(color + label + RESET + line.substring(colon + 1));
        } else if (line.strip().equals("^")) {
            err.print(BOLD + line.stripTrailing() + RESET + "\n");
        } else {
            err.print(line);
        }
    }

    private boolean colored() {
        return switch (options.color()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> isTerminal() && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        };
    }

    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException _) {
            // Without /proc nothing says so; plain text is always right.
            return false;
        }
    }
}
