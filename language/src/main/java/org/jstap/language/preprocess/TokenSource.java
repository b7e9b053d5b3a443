package org.jstap.language.preprocess;

import org.jstap.language.lexer.Token;

/** A stream of tokens. */
@FunctionalInterface
public interface TokenSource {
    /** The next token; the end token again and again after the last one. */
    Token next();
}
