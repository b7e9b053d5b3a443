package org.jstap.language.preprocess;

import java.util.Collection;
import java.util.Deque;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.Diagnostics;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.lexer.Lexer;
import org.jstap.language.lexer.Token;
import org.jstap.language.lexer.TokenKind;
import org.jstap.language.lexer.TokenSource;
import org.jstap.language.source.SourceFile;

/** The macros of library files ({@code .stpm}), which hold definitions and conditions around them, and nothing else. */
public final class MacroLibrary implements MacroSource {
    private final Map<String, Macro> macros;

    private MacroLibrary(Map<String, Macro> macros) {
        this.macros = Map.copyOf(macros);
    }

    /** The macros that could be read, and what was wrong with the others. */
    public record Result(MacroLibrary library, List<Diagnostic> diagnostics) {
    }

    /** Reads library files; a name that several define is an error, at the later one. */
    public static Result parse(List<SourceFile> files, PreprocessorEnvironment environment) {
        Map<String, Macro> macros = new LinkedHashMap<>();
        Diagnostics diagnostics = new Diagnostics();
        for (SourceFile file : files) {
            try {
                readFile(new Lexer(file), environment, macros);
            } catch (DiagnosticException e) {
                diagnostics.add(e.diagnostic());
            }
        }
        return new Result(new MacroLibrary(macros), diagnostics.all());
    }

    /** Here conditions come first, unlike in scripts: a definition exists only where its condition holds. */
    private static void readFile(TokenSource tokens, PreprocessorEnvironment environment, Map<String, Macro> macros) {
        Deque<Token> open = new ArrayDeque<>();
        while (true) {
            Token token = tokens.next();
            if (token.isOperator("@define")) {
                define(MacroDefinitions.read(tokens), macros);
            } else if (token.isOperator("%(")) {
                if (new Condition(tokens, environment).evaluate() || skip(tokens, token, true)) {
                    open.push(token);
                }
            } else if (token.isOperator("%:") && !open.isEmpty()) {
                skip(tokens, open.pop(), false);
            } else if (token.isOperator("%)") && !open.isEmpty()) {
                open.pop();
            } else if (token.isEnd() && open.isEmpty()) {
                return;
            } else if (token.isEnd()) {
                throw PreprocessorErrors.error("condition", "incomplete conditional at end of file", open.peekLast());
            } else if (token.kind() == TokenKind.JUNK) {
                throw PreprocessorErrors.junk(token);
            } else {
                throw PreprocessorErrors.error("library", "library macro file contains more than macro definitions: "
                        + "expected '@define' or '%('", token);
            }
        }
    }

    private static void define(Macro macro, Map<String, Macro> macros) {
        Macro earlier = macros.putIfAbsent(macro.name(), macro);
        if (earlier != null) {
            throw new DiagnosticException(Diagnostic.parseError(PreprocessorErrors.PREFIX + "macro-twice",
                    "library macro '@" + macro.name() + "' is defined twice", macro.span())
                    .withRelated("first defined", earlier.span()));
        }
    }

    private static boolean skip(TokenSource tokens, Token start, boolean stopAtElse) {
        int depth = 0;
        while (true) {
            Token token = tokens.next();
            if (token.isEnd()) {
                throw PreprocessorErrors.error("condition", "incomplete conditional at end of file", start);
            }
            if (token.isOperator("%(")) {
                depth++;
            } else if (token.isOperator("%)") && depth-- == 0) {
                return false;
            } else if (token.isOperator("%:") && depth == 0 && stopAtElse) {
                return true;
            }
        }
    }

    @Override
    public Optional<Macro> find(String name) {
        return Optional.ofNullable(macros.get(name));
    }

    @Override
    public Collection<String> names() {
        return macros.keySet();
    }
}
