package org.jstap.language.tree;

import org.jstap.language.source.Span;

/** What follows a target variable: {@code ->name}, {@code [index]}, or a trailing {@code $} or {@code $$}. */
public sealed interface TargetComponent extends Node {

    /** {@code ->name}. */
    record Member(String name, Span span) implements TargetComponent {
    }

    /** {@code [index]}. */
    record ArrayIndex(Expression index, Span span) implements TargetComponent {
    }

    /** A trailing {@code $} (print the value as text), or {@code $$} (with nested structures); always the last one. */
    record Pretty(boolean nested, Span span) implements TargetComponent {
        public String text() {
            return nested ? "$$" : "$";
        }
    }
}
