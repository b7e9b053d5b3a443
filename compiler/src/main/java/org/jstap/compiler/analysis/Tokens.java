package org.jstap.compiler.analysis;

import org.jstap.language.source.Span;

/** Finds the token of an expression that messages point at, where the tree keeps only the whole expression. */
final class Tokens {
    private Tokens() { }

    /** The first {@code length} bytes of a span. */
    static Span head(Span span, int length) {
        return new Span(span.file(), span.start(), Math.min(span.start() + length, Math.max(span.start(), span.end())),
                span.expandedFrom());
    }

    /** The operator between two operands; the whole expression where macros have torn them apart. */
    static Span between(Span whole, Span left, Span right, String operator) {
        if (left.file() != right.file() || left.file() != whole.file() || left.end() > right.start()) {
            return whole;
        }
        String text = whole.file().text();
        int at = text.indexOf(operator, left.end());
        if (at < 0 || at + operator.length() > right.start()) {
            return whole;
        }
        return new Span(whole.file(), at, at + operator.length(), whole.expandedFrom());
    }

    /** The operator behind its only operand. */
    static Span after(Span whole, Span operand, String operator) {
        String text = whole.file().text();
        int at = text.indexOf(operator, operand.end());
        if (operand.file() != whole.file() || at < 0 || at >= whole.end()) {
            return whole;
        }
        return new Span(whole.file(), at, at + operator.length(), whole.expandedFrom());
    }
}
