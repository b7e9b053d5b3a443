package org.jstap.language.preprocess;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.Diagnostics;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.lexer.Token;
import org.jstap.language.lexer.TokenKind;
import org.jstap.language.lexer.TokenSource;

/**
 * Collects the macros that a file defines and expands those it uses. An argument is text: it is expanded where the
 * parameter stands, as often as it stands there, but its own macros mean what they mean where it was written.
 */
public final class MacroExpander implements TokenSource {
    /** Macros that double each other reach any size in a few lines; no honest script comes near this. */
    private static final int MOST_EXPANDED = 1_000_000;

    private static final int DEEPEST = 200;

    private final TokenSource file;
    private final MacroSource library;
    private final Predicate<String> builtIn;
    private final Diagnostics diagnostics;
    private final Map<String, Macro> macros = new HashMap<>();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private int expanded;

    /** An argument, and where its text was written. */
    private record Argument(List<Token> tokens, Optional<Context> context) {
    }

    /** Whose parameters are visible: a macro's body, inside the one that used it. */
    private record Context(Macro macro, Map<String, Argument> arguments, Optional<Context> user) {
    }

    private static final class Frame {
        private final List<Token> tokens;
        private final Optional<Context> context;
        /** The use that brings a body here; absent for an argument, whose tokens stand where they were written. */
        private final Optional<Token> use;
        private int at;

        Frame(List<Token> tokens, Optional<Context> context, Optional<Token> use) {
            this.tokens = tokens;
            this.context = context;
            this.use = use;
        }

        boolean atEnd() {
            return at == tokens.size();
        }

        Token next() {
            Token token = tokens.get(at++);
            return use.isEmpty() ? token
                    : new Token(token.kind(), token.text(), token.span().withExpandedFrom(use.get().span()));
        }
    }

    /**
     * @param file    the unexpanded tokens
     * @param builtIn tells the names of operators that the parser knows, for a warning when a macro hides one
     */
    public MacroExpander(TokenSource file, MacroSource library, Predicate<String> builtIn, Diagnostics diagnostics) {
        this.file = file;
        this.library = library;
        this.builtIn = builtIn;
        this.diagnostics = diagnostics;
    }

    /** The macros defined so far. */
    public Map<String, Macro> macros() {
        return Map.copyOf(macros);
    }

    @Override
    public Token next() {
        while (true) {
            Token token = pull();
            if (!token.isAtOperator()) {
                return token;
            }
            if (token.text().equals("@define") && frames.isEmpty()) {
                define(token);
                continue;
            }
            Optional<Context> context = frames.isEmpty() ? Optional.empty() : frames.peek().context;
            String name = token.text().substring(1);
            if (context.isPresent() && context.get().arguments().containsKey(name)) {
                Argument argument = context.get().arguments().get(name);
                push(new Frame(argument.tokens(), argument.context(), Optional.empty()), token);
                continue;
            }
            Optional<Macro> macro = macros.containsKey(name) ? Optional.of(macros.get(name)) : library.find(name);
            if (macro.isEmpty()) {
                return token;
            }
            invoke(macro.get(), token, context);
        }
    }

    private void define(Token define) {
        Macro macro = MacroDefinitions.read(file);
        Macro earlier = macros.putIfAbsent(macro.name(), macro);
        if (earlier != null) {
            throw new DiagnosticException(Diagnostic.parseError(PreprocessorErrors.PREFIX + "macro-twice",
                    "attempt to redefine macro '@" + macro.name() + "' in the same file", macro.span())
                    .withRelated("first defined", earlier.span()));
        }
        if (builtIn.test(macro.name())) {
            diagnostics.add(Diagnostic.warning("macro-hides-operator",
                    "macro '@" + macro.name() + "' hides the built-in operator of that name", macro.span()));
        }
    }

    private void invoke(Macro macro, Token use, Optional<Context> context) {
        int depth = 0;
        for (Optional<Context> c = context; c.isPresent(); c = c.get().user()) {
            if (sameMacro(c.get().macro(), macro)) {
                throw PreprocessorErrors.error("macro-recursion", "recursive invocation of macro '@" + macro.name()
                        + "'", use);
            }
            if (++depth > DEEPEST) {
                throw PreprocessorErrors.error("macro-depth", "macros are nested more than " + DEEPEST + " deep", use);
            }
        }
        Map<String, Argument> arguments = Map.of();
        if (macro.parameters().isPresent()) {
            arguments = arguments(macro, macro.parameters().get(), use, context);
        }
        push(new Frame(macro.body(), Optional.of(new Context(macro, arguments, context)), Optional.of(use)), use);
    }

    /** A library may read a file twice; then it is the place that tells. */
    private static boolean sameMacro(Macro a, Macro b) {
        return a == b || a.name().equals(b.name()) && a.span().start() == b.span().start()
                && a.span().file().name().equals(b.span().file().name());
    }

    private void push(Frame frame, Token use) {
        expanded += frame.tokens.size() + 1;
        if (expanded > MOST_EXPANDED) {
            throw PreprocessorErrors.error("macro-size",
                    "the macros of this file expand to more than " + MOST_EXPANDED + " tokens", use);
        }
        frames.push(frame);
    }

    private Map<String, Argument> arguments(Macro macro, List<String> names, Token use, Optional<Context> context) {
        int depth = frames.size();
        Token token = pullArgument(depth);
        if (!token.isOperator("(")) {
            throw new DiagnosticException(PreprocessorErrors.diagnostic("macro-arguments", "expected '(' in invocation of macro '@"
                    + macro.name() + "' taking " + names.size() + (names.size() == 1 ? " parameter" : " parameters"), token)
                    .withRelated("used here", use.span()).withRelated("defined here", macro.span()));
        }
        Map<String, Argument> arguments = new HashMap<>();
        List<Token> tokens = new ArrayList<>();
        int nesting = 0;
        int count = 0;
        while (true) {
            token = pullArgument(depth);
            if (token.isEnd()) {
                throw PreprocessorErrors.error("macro-arguments",
                        "could not find matching ')' in invocation of macro '@" + macro.name() + "'", use);
            }
            if (token.kind() == TokenKind.JUNK) {
                throw PreprocessorErrors.junk(token);
            }
            boolean close = nesting == 0 && token.isOperator(")");
            if (!close && !(nesting == 0 && token.isOperator(","))) {
                nesting = Math.max(0, nesting + turn(token));
                tokens.add(token);
                continue;
            }
            if (close && count == 0 && names.isEmpty() && tokens.isEmpty()) {
                return arguments;
            }
            if (close ? count >= names.size() : count + 1 >= names.size()) {
                throw new DiagnosticException(PreprocessorErrors.diagnostic("macro-arguments",
                        "too many parameters for macro '@" + macro.name() + "' (expected " + names.size() + ")", token)
                        .withRelated("defined here", macro.span()));
            }
            arguments.put(names.get(count++), new Argument(List.copyOf(tokens), context));
            tokens = new ArrayList<>();
            if (close) {
                break;
            }
        }
        if (count < names.size()) {
            throw new DiagnosticException(PreprocessorErrors.diagnostic("macro-arguments",
                    "too few parameters for macro '@" + macro.name() + "' (expected " + names.size() + ")", token)
                    .withRelated("defined here", macro.span()));
        }
        return arguments;
    }

    /** Parentheses and brackets count as one, as in SystemTap; a comma within either belongs to the argument. */
    private static int turn(Token token) {
        return token.isOperator("(") || token.isOperator("[") ? 1 : token.isOperator(")") || token.isOperator("]") ? -1 : 0;
    }

    /** A token of the text in which the macro was used; that text may end, and then its user's does not go on. */
    private Token pullArgument(int depth) {
        if (depth == 0) {
            return file.next();
        }
        Frame frame = frames.peek();
        if (frame.atEnd()) {
            Token last = frame.tokens.getLast();
            return new Token(TokenKind.END, "", last.span());
        }
        return frame.next();
    }

    private Token pull() {
        while (!frames.isEmpty()) {
            if (!frames.peek().atEnd()) {
                return frames.peek().next();
            }
            frames.pop();
        }
        return file.next();
    }
}
