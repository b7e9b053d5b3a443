package org.jstap.language.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.language.lexer.Token;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.FormatPart;

/** The print family, whose names are part of the language. */
final class PrintParser {
    /** Values that a delimiter is worth while for. */
    private static final int DELIMITED = 2;

    private final Grammar grammar;
    private final TokenStream tokens;
    private final ExpressionParser expressions;

    PrintParser(Grammar grammar, ExpressionParser expressions) {
        this.grammar = grammar;
        this.tokens = grammar.tokens();
        this.expressions = expressions;
    }

    /** What follows the name. */
    Expression print(Expression.PrintKind kind, Token name) {
        Token open = tokens.expect("(");
        List<FormatPart> format = List.of();
        Optional<Expression.StringLiteral> delimiter = Optional.empty();
        List<Expression> arguments = new ArrayList<>();
        if (kind.formatted() || kind.delimited()) {
            Expression.StringLiteral literal = grammar.literals().string();
            if (kind.formatted()) {
                format = FormatParser.parse(literal, tokens.peek());
            } else {
                delimiter = Optional.of(literal);
            }
        } else if ((kind == Expression.PrintKind.PRINT || kind == Expression.PrintKind.PRINTLN)
                && tokens.peek().isAtOperator() && Operators.histogram(tokens.peek().text()) != null) {
            expressions.values().permitBareHistogram(tokens.peek());
            arguments.add(expressions.expression());
        } else if (!kind.newline() || !tokens.at(")")) {
            arguments.add(expressions.expression());
        }
        if (kind.delimited()) {
            for (int i = 0; i < DELIMITED; i++) {
                if (!tokens.at(")")) {
                    ValueParser.requireComma(tokens, open);
                }
                arguments.add(expressions.expression());
            }
        }
        while (!tokens.accept(")")) {
            ValueParser.requireComma(tokens, open);
            arguments.add(expressions.expression());
        }
        return new Expression.Print(kind, format, delimiter, arguments, tokens.since(name.span()));
    }
}
