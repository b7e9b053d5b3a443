package org.jstap.language.parser;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.lexer.Token;
import org.jstap.language.lexer.TokenKind;
import org.jstap.language.lexer.TokenSource;
import org.jstap.language.preprocess.PreprocessorErrors;
import org.jstap.language.source.Span;

/** The parser's view of the tokens: looks ahead, expects, makes errors, and counts how deep the parser is. */
final class TokenStream {
    /** How deep statements and expressions may nest: every later pass walks the tree by recursion. */
    static final int DEEPEST = 400;
    /** How many operators one statement may chain, for the same reason: a chain is a deep tree. */
    static final int LONGEST_CHAIN = 1000;

    private final TokenSource source;
    private final Deque<Token> ahead = new ArrayDeque<>();
    private Span last;
    private int depth;
    private int chain;

    TokenStream(TokenSource source, Span start) {
        this.source = source;
        this.last = start;
    }

    /** The next token, left in place. */
    Token peek() {
        if (ahead.isEmpty()) {
            Token token = source.next();
            if (token.kind() == TokenKind.JUNK && token.text().startsWith("Could not")) {
                throw PreprocessorErrors.junk(token);
            }
            ahead.push(token);
        }
        return ahead.peek();
    }

    Token next() {
        peek();
        Token token = ahead.pop();
        if (!token.isEnd()) {
            last = token.span();
        }
        return token;
    }

    /** Puts back a token, or a part of one. */
    void pushBack(Token token) {
        ahead.push(token);
    }

    /** The span of the last token taken. */
    Span last() {
        return last;
    }

    /** From a first span to the last token taken. */
    Span since(Span first) {
        return first.to(last);
    }

    boolean at(String operator) {
        return peek().isOperator(operator);
    }

    boolean atKeyword(String keyword) {
        return peek().isKeyword(keyword);
    }

    boolean at(TokenKind kind) {
        return peek().kind() == kind;
    }

    /** Takes the operator if it is next. */
    boolean accept(String operator) {
        if (at(operator)) {
            next();
            return true;
        }
        return false;
    }

    boolean acceptKeyword(String keyword) {
        if (atKeyword(keyword)) {
            next();
            return true;
        }
        return false;
    }

    Token expect(String operator) {
        if (!at(operator)) {
            throw error("expected-operator", "expected '" + operator + "'", peek());
        }
        return next();
    }

    /** Takes the operator that closes what another one opened. */
    Token expectClosing(String operator, Token opening) {
        if (!at(operator)) {
            Diagnostic diagnostic = diagnostic("expected-operator", "expected '" + operator + "'", peek());
            throw new DiagnosticException(diagnostic.withRelated("to match this '" + opening.text() + "'",
                    opening.span()));
        }
        return next();
    }

    Token expectKeyword(String keyword) {
        if (!atKeyword(keyword)) {
            throw error("expected-keyword", "expected '" + keyword + "'", peek());
        }
        return next();
    }

    Token expectIdentifier() {
        if (!at(TokenKind.IDENTIFIER)) {
            Diagnostic diagnostic = diagnostic("expected-identifier", "expected identifier", peek());
            throw new DiagnosticException(!at(TokenKind.KEYWORD) ? diagnostic
                    : diagnostic.withHint("'" + peek().text() + "' is a word of the language and cannot be a name here"));
        }
        return next();
    }

    /** Goes one level deeper; the level ends with {@link #leave()}. */
    void enter() {
        if (++depth > DEEPEST) {
            throw new DiagnosticException(diagnostic("nesting", "nested more than " + DEEPEST + " levels deep", peek())
                    .withHint("move an inner part into a function or a variable"));
        }
    }

    void leave() {
        depth--;
    }

    /** Counts one more operator of a chain such as {@code a + b + c}. */
    void link() {
        if (++chain > LONGEST_CHAIN) {
            throw new DiagnosticException(diagnostic("chain", "more than " + LONGEST_CHAIN
                    + " operators in one statement", peek()).withHint("assign a part to a variable first"));
        }
    }

    /** Starts counting anew; gives the count so far, for {@link #endChain}. */
    int startChain() {
        int outer = chain;
        chain = 0;
        return outer;
    }

    void endChain(int outer) {
        chain = outer;
    }

    /** After an error: at the top level again. */
    void reset() {
        depth = 0;
        chain = 0;
    }

    static Diagnostic diagnostic(String code, String message, Token saw) {
        if (saw.kind() == TokenKind.JUNK && !saw.text().startsWith("a script cannot")) {
            return PreprocessorErrors.junk(saw).diagnostic();
        }
        Diagnostic diagnostic = Diagnostic.parseError(code, message, saw.span()).seeing(saw.describe());
        return saw.kind() == TokenKind.JUNK ? diagnostic.withHint(saw.text()) : diagnostic;
    }

    static DiagnosticException error(String code, String message, Token saw) {
        return new DiagnosticException(diagnostic(code, message, saw));
    }
}
