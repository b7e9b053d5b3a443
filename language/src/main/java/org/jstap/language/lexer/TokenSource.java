package org.jstap.language.lexer;

/** A stream of tokens. */
@FunctionalInterface
public interface TokenSource {
    /** The next token; the end token again and again after the last one. */
    Token next();
}
