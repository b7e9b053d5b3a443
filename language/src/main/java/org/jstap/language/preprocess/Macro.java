package org.jstap.language.preprocess;

import java.util.List;
import java.util.Optional;
import org.jstap.language.lexer.Token;
import org.jstap.language.source.Span;

/**
 * A macro as defined.
 *
 * @param parameters their names; absent if it was defined without parentheses
 * @param body       its tokens, unexpanded
 * @param span       the name in the definition
 */
public record Macro(String name, Optional<List<String>> parameters, List<Token> body, Span span) {
    public Macro {
        body = List.copyOf(body);
    }
}
