package org.jstap.language.preprocess;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jstap.language.lexer.Token;
import org.jstap.language.lexer.TokenKind;
import org.jstap.language.lexer.TokenSource;

/** Lets through the tokens whose conditions hold, and puts in the script's arguments. */
public final class Conditionals implements TokenSource {
    private final TokenSource tokens;
    private final PreprocessorEnvironment environment;
    private final ScriptArguments arguments;
    /** The brackets that are open, the innermost first. */
    private final Deque<Token> open = new ArrayDeque<>();
    /** Whether of each it is the part behind {@code %:} that is let through. */
    private final Deque<Boolean> inElse = new ArrayDeque<>();
    private final Deque<Token> pending = new ArrayDeque<>();
    /** The tokens as a condition sees them: with arguments put in. A class, since a lambda is slow at its first use. */
    private final TokenSource resolved = new TokenSource() {
        @Override
        public Token next() {
            return pull();
        }
    };

    public Conditionals(TokenSource tokens, PreprocessorEnvironment environment, ScriptArguments arguments) {
        this.tokens = tokens;
        this.environment = environment;
        this.arguments = arguments;
    }

    @Override
    public Token next() {
        while (true) {
            Token token = pull();
            if (token.isEnd()) {
                if (!open.isEmpty()) {
                    throw incomplete(open.peekLast());
                }
                return token;
            }
            if (token.kind() != TokenKind.OPERATOR || token.text().charAt(0) != '%' || token.text().length() != 2) {
                return token;
            }
            switch (token.text()) {
                case "%(" -> {
                    boolean holds = new Condition(resolved, environment).evaluate();
                    if (holds || skip(token, true)) {
                        open.push(token);
                        inElse.push(!holds);
                    }
                }
                case "%:" -> {
                    requireOpen(token);
                    if (inElse.pop()) {
                        throw duplicate(token);
                    }
                    skip(open.peek(), false);
                    open.pop();
                }
                case "%)" -> {
                    requireOpen(token);
                    open.pop();
                    inElse.pop();
                }
                case "%?" -> throw misplaced(token);
                default -> {
                    return token;
                }
            }
        }
    }

    private void requireOpen(Token token) {
        if (open.isEmpty()) {
            throw misplaced(token);
        }
    }

    private static RuntimeException duplicate(Token token) {
        return PreprocessorErrors.error("condition", "invalid conditional - duplicate '%:'", token);
    }

    private static RuntimeException misplaced(Token token) {
        return PreprocessorErrors.error("condition", "incomplete conditional - missing '%('", token);
    }

    private Token pull() {
        while (true) {
            if (!pending.isEmpty()) {
                return pending.pop();
            }
            Token token = tokens.next();
            if (token.kind() != TokenKind.ARGUMENT) {
                return token;
            }
            pending.addAll(arguments.expand(token));
        }
    }

    /**
     * Skips to the end of a branch. What is left out must be tokens, but arguments that are not there do no harm.
     *
     * @return whether it ended at the {@code %:} that was looked for
     */
    private boolean skip(Token start, boolean stopAtElse) {
        int depth = 0;
        boolean otherwise = !stopAtElse;
        while (true) {
            Token token = pending.isEmpty() ? tokens.next() : pending.pop();
            if (token.isEnd()) {
                throw incomplete(open.isEmpty() ? start : open.peekLast());
            }
            if (token.kind() == TokenKind.JUNK) {
                throw PreprocessorErrors.junk(token);
            }
            if (token.isOperator("%(")) {
                depth++;
            } else if (token.isOperator("%)")) {
                if (depth-- == 0) {
                    return false;
                }
            } else if (token.isOperator("%:") && depth == 0) {
                if (otherwise) {
                    throw duplicate(token);
                }
                return true;
            }
        }
    }

    private static RuntimeException incomplete(Token start) {
        return PreprocessorErrors.error("condition", "incomplete conditional at end of file", start);
    }
}
