package org.jstap.language.preprocess;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.language.lexer.Token;
import org.jstap.language.lexer.TokenKind;
import org.jstap.language.lexer.TokenSource;

/** Reads {@code @define name(parameters) %( body %)} from unexpanded tokens. */
final class MacroDefinitions {
    private MacroDefinitions() {
    }

    /** Reads what follows {@code @define}. */
    static Macro read(TokenSource tokens) {
        Token name = tokens.next();
        if (name.kind() != TokenKind.IDENTIFIER && name.kind() != TokenKind.KEYWORD) {
            throw PreprocessorErrors.error("macro-name", "expected identifier as the name of a macro", name);
        }
        Token token = tokens.next();
        Optional<List<String>> parameters = Optional.empty();
        if (token.isOperator("(")) {
            parameters = Optional.of(parameters(tokens));
            token = tokens.next();
        }
        if (!token.isOperator("%(")) {
            throw PreprocessorErrors.error("macro-body", "expected '%(' before the body of macro '@" + name.text() + "'",
                    token);
        }
        return new Macro(name.text(), parameters, body(tokens, token, name), name.span());
    }

    private static List<String> parameters(TokenSource tokens) {
        List<String> names = new ArrayList<>();
        Token token = tokens.next();
        while (true) {
            if (token.kind() != TokenKind.IDENTIFIER && token.kind() != TokenKind.KEYWORD) {
                throw PreprocessorErrors.error("macro-parameter", "expected identifier as a macro parameter", token);
            }
            if (names.contains(token.text())) {
                throw PreprocessorErrors.error("macro-parameter", "duplicate macro parameter names", token);
            }
            names.add(token.text());
            token = tokens.next();
            if (token.isOperator(")")) {
                return List.copyOf(names);
            }
            if (!token.isOperator(",")) {
                throw PreprocessorErrors.error("macro-parameter", "expected ',' or ')' in macro parameters", token);
            }
            token = tokens.next();
        }
    }

    private static List<Token> body(TokenSource tokens, Token open, Token name) {
        List<Token> body = new ArrayList<>();
        int depth = 1;
        while (true) {
            Token token = tokens.next();
            if (token.isEnd()) {
                throw PreprocessorErrors.error("macro-body",
                        "incomplete macro definition of '@" + name.text() + "' - missing '%)'", open);
            }
            if (token.kind() == TokenKind.JUNK) {
                throw PreprocessorErrors.junk(token);
            }
            if (token.isOperator("%(")) {
                depth++;
            } else if (token.isOperator("%)") && --depth == 0) {
                return body;
            }
            body.add(token);
        }
    }
}
