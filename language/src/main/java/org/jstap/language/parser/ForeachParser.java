package org.jstap.language.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.language.lexer.Token;
import org.jstap.language.source.Span;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.Statement;

/** The foreach statement, with its sorting, slices and limit. */
final class ForeachParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    ForeachParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens();
    }

    /** What is between the parentheses, while it is being read. */
    private static final class Header {
        private final List<Expression.Symbol> indexes = new ArrayList<>();
        private Optional<Expression.Symbol> value = Optional.empty();
        private Optional<Statement.Sort> sort = Optional.empty();
    }

    Statement foreach() {
        Span start = tokens.next().span();
        Token open = tokens.expect("(");
        Header header = new Header();
        variables(header);
        tokens.expectKeyword("in");
        Expression array = array();
        List<Optional<Expression>> slices = tokens.at("[") ? grammar.expressions().indexes() : List.of();
        Token extractor = tokens.peek();
        Expression.StatisticKind kind = extractor.isAtOperator() ? Operators.statistic(extractor.text()) : null;
        if (kind != null) {
            tokens.next();
            if (!tokens.at("+") && !tokens.at("-")) {
                throw TokenStream.error("sort", "expected sort directive '+' or '-' after " + extractor.text(),
                        tokens.peek());
            }
        }
        sort(header, 0, Optional.ofNullable(kind), false);
        Optional<Expression> limit = tokens.acceptKeyword("limit")
                ? Optional.of(grammar.expressions().expression()) : Optional.empty();
        tokens.expectClosing(")", open);
        Statement body = grammar.statements().statement();
        return new Statement.Foreach(header.indexes, header.value, array, slices, header.sort, limit, body,
                tokens.since(start));
    }

    private void variables(Header header) {
        if (!tokens.at("[")) {
            Expression.Symbol first = symbol();
            int column = sort(header, 1, Optional.empty(), true);
            if (!tokens.accept("=")) {
                header.indexes.add(first);
                return;
            }
            header.value = Optional.of(first);
            if (column > 0) {
                Statement.Sort sort = header.sort.orElseThrow();
                header.sort = Optional.of(new Statement.Sort(0, sort.direction(), sort.extractor(), sort.span()));
            }
        }
        if (!tokens.at("[")) {
            header.indexes.add(symbol());
            sort(header, 1, Optional.empty(), false);
            return;
        }
        Token open = tokens.next();
        do {
            header.indexes.add(symbol());
            sort(header, header.indexes.size(), Optional.empty(), false);
        } while (tokens.accept(","));
        if (!tokens.at("]")) {
            throw TokenStream.error("expected-operator", "expected one of ', ]'", tokens.peek());
        }
        tokens.expectClosing("]", open);
    }

    private Expression.Symbol symbol() {
        Token name = tokens.expectIdentifier();
        return new Expression.Symbol(name.text(), name.span());
    }

    private Expression array() {
        if (tokens.peek().isAtOperator() && Operators.histogram(tokens.peek().text()) != null) {
            return grammar.expressions().values().histogram();
        }
        return symbol();
    }

    /** Reads a sort sign for a column, if there is one; gives 1 if so. */
    private int sort(Header header, int column, Optional<Expression.StatisticKind> extractor, boolean beforeEquals) {
        Token token = tokens.peek();
        if (beforeEquals && (token.isOperator("+=") || token.isOperator("-="))) {
            tokens.next();
            tokens.pushBack(part(token, 1, 2));
            tokens.pushBack(part(token, 0, 1));
            token = tokens.peek();
        }
        if (!token.isOperator("+") && !token.isOperator("-")) {
            return 0;
        }
        if (header.sort.isPresent()) {
            throw TokenStream.error("sort", "multiple sort directives", token);
        }
        tokens.next();
        header.sort = Optional.of(new Statement.Sort(column,
                token.text().equals("+") ? Statement.Direction.ASCENDING : Statement.Direction.DESCENDING, extractor,
                token.span()));
        return 1;
    }

    /** A piece of an operator token. */
    static Token part(Token token, int from, int to) {
        Span span = token.span();
        return new Token(token.kind(), token.text().substring(from, to),
                new Span(span.file(), span.start() + from, span.start() + to, span.expandedFrom()));
    }
}
