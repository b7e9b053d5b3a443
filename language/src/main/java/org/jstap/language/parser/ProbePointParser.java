package org.jstap.language.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.language.lexer.Token;
import org.jstap.language.lexer.TokenKind;
import org.jstap.language.source.Span;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.ProbePoint;

/** Lists of probe points. Alternatives in braces become points of their own here. */
final class ProbePointParser {
    /** Braces multiply: a few of them in a row make more points than anybody wants. */
    private static final int MOST_POINTS = 10_000;

    private final Grammar grammar;
    private final TokenStream tokens;

    ProbePointParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens();
    }

    /** One or more points with commas between them. */
    List<ProbePoint> points() {
        List<ProbePoint> points = new ArrayList<>();
        do {
            point(points);
        } while (tokens.accept(","));
        return points;
    }

    /** The components of one alternative, and the mark behind it or behind the braces around it. */
    private record Path(List<ProbePoint.Component> components, boolean optional, boolean sufficient) {
        Path plus(Path tail) {
            List<ProbePoint.Component> joined = new ArrayList<>(components);
            joined.addAll(tail.components);
            return new Path(joined, optional || tail.optional, sufficient || tail.sufficient);
        }
    }

    private void point(List<ProbePoint> out) {
        Span start = tokens.peek().span();
        int outer = tokens.startChain();
        List<Path> alternatives = marked();
        tokens.endChain(outer);
        Optional<Expression> condition = Optional.empty();
        if (tokens.acceptKeyword("if")) {
            Token open = tokens.expect("(");
            condition = Optional.of(grammar.expressions().expression());
            tokens.expectClosing(")", open);
        }
        if (!tokens.at(",") && !tokens.at("{") && !tokens.at("}") && !tokens.at("=") && !tokens.at("+=")) {
            throw TokenStream.error("expected-operator", "expected one of ', { } = +='", tokens.peek());
        }
        Span span = tokens.since(start);
        for (Path path : alternatives) {
            out.add(new ProbePoint(path.components, path.optional, path.sufficient, condition, span));
        }
        requireFew(out.size());
    }

    /** Alternatives with the mark that follows. */
    private List<Path> marked() {
        List<Path> paths = components();
        boolean optional = tokens.accept("?");
        boolean sufficient = !optional && tokens.accept("!");
        if (!optional && !sufficient) {
            return paths;
        }
        List<Path> marked = new ArrayList<>();
        for (Path path : paths) {
            marked.add(new Path(path.components, path.optional || optional, path.sufficient || sufficient));
        }
        return marked;
    }

    private void requireFew(int count) {
        if (count > MOST_POINTS) {
            throw TokenStream.error("probe-points", "more than " + MOST_POINTS + " probe points in one probe", tokens.peek());
        }
    }

    /** Dotted components; every alternative of every pair of braces multiplies the result. */
    private List<Path> components() {
        tokens.enter();
        List<Path> paths = tokens.at("{") ? braces() : List.of(single());
        while (tokens.accept(".")) {
            tokens.link();
            List<Path> tails = tokens.at("{") ? braces() : List.of(single());
            requireFew(paths.size() * tails.size());
            List<Path> joined = new ArrayList<>();
            for (Path head : paths) {
                for (Path tail : tails) {
                    joined.add(head.plus(tail));
                }
            }
            paths = joined;
        }
        tokens.leave();
        return paths;
    }

    private Path single() {
        return new Path(List.of(component()), false, false);
    }

    private List<Path> braces() {
        Token open = tokens.next();
        List<Path> all = new ArrayList<>();
        do {
            all.addAll(marked());
            requireFew(all.size());
        } while (tokens.accept(","));
        if (!tokens.at("}")) {
            throw TokenStream.error("expected-operator", "expected one of ', { } = +='", tokens.peek());
        }
        tokens.expectClosing("}", open);
        return all;
    }

    private ProbePoint.Component component() {
        Token first = tokens.peek();
        String name = name();
        Optional<Expression.Literal> argument = Optional.empty();
        if (tokens.at("(")) {
            Token open = tokens.next();
            argument = Optional.of(grammar.literals().literal());
            tokens.expectClosing(")", open);
        }
        return new ProbePoint.Component(name, argument, tokens.since(first.span()));
    }

    /** A name with stars is several tokens, with nothing between them. */
    private String name() {
        StringBuilder name = new StringBuilder();
        int end = -1;
        while (true) {
            Token token = tokens.peek();
            if (token.isOperator("*=")) {
                tokens.next();
                tokens.pushBack(ForeachParser.part(token, 1, 2));
                tokens.pushBack(ForeachParser.part(token, 0, 1));
                token = tokens.peek();
            }
            boolean part = token.kind() == TokenKind.IDENTIFIER || token.kind() == TokenKind.KEYWORD
                    || token.isOperator("*") || !name.isEmpty() && token.kind() == TokenKind.NUMBER;
            if (!part || end >= 0 && token.span().start() != end) {
                break;
            }
            tokens.next();
            name.append(token.text());
            end = token.span().end();
        }
        if (name.isEmpty()) {
            throw TokenStream.error("expected-probe-point", "expected identifier or '*' in a probe point", tokens.peek());
        }
        return name.toString();
    }
}
