package org.jstap.language.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.diagnostic.Suggestions;
import org.jstap.language.lexer.Token;
import org.jstap.language.lexer.TokenKind;
import org.jstap.language.source.Span;
import org.jstap.language.tree.Declaration;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.FunctionBody;
import org.jstap.language.tree.Parameter;
import org.jstap.language.tree.ProbePoint;
import org.jstap.language.tree.Statement;
import org.jstap.language.tree.ValueType;

/** What stands at the top level. */
final class DeclarationParser {
    private static final List<String> STARTS = List.of("probe", "global", "private", "function");

    private final Grammar grammar;
    private final TokenStream tokens;

    DeclarationParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens();
    }

    /** Whether a declaration can begin with this token; where parsing goes on after an error. */
    static boolean canStart(Token token) {
        return token.kind() == TokenKind.KEYWORD && STARTS.contains(token.text());
    }

    /** Reads one keyword's worth: several declarations for {@code global a, b}. */
    void declaration(List<Declaration> out) {
        Token token = tokens.peek();
        if (token.isKeyword("probe")) {
            out.add(probe());
        } else if (token.isKeyword("global")) {
            tokens.next();
            globals(token.span(), false, out);
        } else if (token.isKeyword("function")) {
            tokens.next();
            out.add(function(token.span(), false));
        } else if (token.isKeyword("private")) {
            tokens.next();
            privateDeclaration(token, out);
        } else if (token.kind() == TokenKind.EMBEDDED) {
            grammar.requireTrust("embedded code in unprivileged script", token);
            tokens.next();
            out.add(new Declaration.EmbeddedCodeDeclaration(token.text(), token.span()));
        } else {
            throw unexpected(token);
        }
    }

    private static DiagnosticException unexpected(Token token) {
        Diagnostic diagnostic = TokenStream.diagnostic("expected-declaration",
                "expected 'probe', 'global', 'private', 'function', or '%{'", token);
        String hint = token.kind() == TokenKind.IDENTIFIER ? Suggestions.hint(token.text(), STARTS) : "";
        if (hint.isEmpty() && token.isOperator("}")) {
            hint = "there is a '}' too many before or at this place";
        } else if (hint.isEmpty() && (token.kind() == TokenKind.IDENTIFIER || token.kind() == TokenKind.KEYWORD)) {
            hint = "statements stand in the braces of a probe or a function";
        }
        return new DiagnosticException(hint.isEmpty() ? diagnostic : diagnostic.withHint(hint));
    }

    private void privateDeclaration(Token keyword, List<Declaration> out) {
        if (tokens.acceptKeyword("function")) {
            out.add(function(keyword.span(), true));
        } else if (tokens.acceptKeyword("global") || tokens.at(TokenKind.IDENTIFIER)) {
            globals(keyword.span(), true, out);
        } else {
            throw TokenStream.error("expected-declaration", "expected 'function' or identifier", tokens.peek());
        }
    }

    private void globals(Span first, boolean isPrivate, List<Declaration> out) {
        Span start = first;
        while (true) {
            Token name = tokens.expectIdentifier();
            boolean wrap = tokens.accept("%");
            Optional<Long> size = Optional.empty();
            if (tokens.at("[")) {
                Token open = tokens.next();
                Expression.NumberLiteral number = grammar.literals().number();
                if (number.value() <= 0 || number.value() > Integer.MAX_VALUE) {
                    throw new DiagnosticException(Diagnostic.parseError("array-size", "array size out of range",
                            number.span()).seeing("number '" + number.value() + "'")
                            .withHint("a size is a number from 1 to " + Integer.MAX_VALUE));
                }
                size = Optional.of(number.value());
                tokens.expectClosing("]", open);
            }
            Optional<Expression.Literal> init = Optional.empty();
            if (tokens.at("=")) {
                Token equals = tokens.next();
                if (size.isPresent()) {
                    throw TokenStream.error("array-init", "only scalar globals can be initialized", equals);
                }
                init = Optional.of(grammar.literals().literal());
            }
            out.add(new Declaration.GlobalDeclaration(name.text(), name.span(), isPrivate, size, wrap, init,
                    tokens.since(start)));
            if (!tokens.accept(",")) {
                break;
            }
            start = tokens.peek().span();
        }
        while (tokens.accept(";")) {
            // Semicolons after globals are allowed and mean nothing.
            continue;
        }
    }

    private Optional<ValueType> type() {
        if (!tokens.accept(":")) {
            return Optional.empty();
        }
        if (tokens.acceptKeyword("string")) {
            return Optional.of(ValueType.STRING);
        }
        if (tokens.acceptKeyword("long")) {
            return Optional.of(ValueType.LONG);
        }
        throw TokenStream.error("expected-type", "expected 'string' or 'long'", tokens.peek());
    }

    private Declaration function(Span start, boolean isPrivate) {
        Token name = tokens.expectIdentifier();
        Optional<ValueType> returnType = type();
        Token open = tokens.expect("(");
        List<Parameter> parameters = new ArrayList<>();
        if (!tokens.accept(")")) {
            do {
                parameters.add(parameter(parameters));
                // SystemTap takes a comma behind the last parameter.
            } while (tokens.accept(",") && !tokens.at(")"));
            if (!tokens.at(")")) {
                throw TokenStream.error("expected-operator", "expected one of ', )'", tokens.peek());
            }
            tokens.expectClosing(")", open);
        }
        Optional<Long> priority = Optional.empty();
        if (tokens.accept(":")) {
            if (!tokens.at(TokenKind.NUMBER)) {
                throw TokenStream.error("expected-literal", "expected literal string or number", tokens.peek());
            }
            priority = Optional.of(grammar.literals().number().value());
        }
        FunctionBody body = functionBody();
        return new Declaration.FunctionDeclaration(name.text(), name.span(), isPrivate, parameters, returnType, priority,
                body, tokens.since(start));
    }

    private FunctionBody functionBody() {
        Token token = tokens.peek();
        if (token.kind() != TokenKind.EMBEDDED) {
            return grammar.statements().functionBody();
        }
        grammar.requireTrust("embedded code in unprivileged script", token);
        tokens.next();
        return new FunctionBody.EmbeddedCode(token.text(), token.span());
    }

    private Parameter parameter(List<Parameter> earlier) {
        Token name = tokens.expectIdentifier();
        for (Parameter parameter : earlier) {
            if (parameter.name().equals(name.text())) {
                throw new DiagnosticException(TokenStream.diagnostic("parameter-twice", "duplicate parameter names", name)
                        .withRelated("first named here", parameter.span()));
            }
        }
        Optional<ValueType> type = type();
        return new Parameter(name.text(), type, tokens.since(name.span()));
    }

    private Declaration probe() {
        Span start = tokens.next().span();
        List<ProbePoint> points = grammar.probePoints().points();
        boolean prologue = tokens.at("=");
        if (!prologue && !tokens.at("+=")) {
            Statement.Block body = grammar.statements().handler();
            return new Declaration.ProbeDeclaration(points, body, tokens.since(start));
        }
        tokens.next();
        for (ProbePoint name : points) {
            requireAliasName(name);
        }
        List<ProbePoint> targets = grammar.probePoints().points();
        Statement.Block body = grammar.statements().handler();
        Optional<Statement.Block> second = Optional.empty();
        if (prologue && tokens.accept(",")) {
            second = Optional.of(grammar.statements().handler());
        }
        return new Declaration.AliasDeclaration(points,
                prologue ? Declaration.AliasKind.PROLOGUE : Declaration.AliasKind.EPILOGUE, targets, body, second,
                tokens.since(start));
    }

    private static void requireAliasName(ProbePoint name) {
        if (name.optional() || name.sufficient()) {
            throw new DiagnosticException(Diagnostic.parseError("alias-name",
                    "probe point alias name cannot be optional nor sufficient", name.span()));
        }
        if (name.condition().isPresent()) {
            throw new DiagnosticException(Diagnostic.parseError("alias-name",
                    "probe point alias name cannot have a condition", name.condition().get().span()));
        }
        for (ProbePoint.Component component : name.components()) {
            if (component.name().indexOf('*') >= 0) {
                throw new DiagnosticException(Diagnostic.parseError("alias-name",
                        "probe point alias name cannot hold a wildcard", component.span()));
            }
            if (component.argument().isPresent()) {
                throw new DiagnosticException(Diagnostic.parseError("alias-name",
                        "probe point alias name component cannot have an argument", component.span()));
            }
        }
    }
}
