package org.jstap.language.tree;

import java.util.List;
import java.util.Optional;
import org.jstap.language.source.Span;

/** What stands at the top level of a file. */
public sealed interface Declaration extends Node {

    /**
     * One global variable. {@code global a, b} makes two declarations.
     *
     * @param nameSpan the name alone
     * @param size     the number in {@code a[100]}
     * @param wrap     whether {@code %} was written: a full array drops its oldest element
     * @param init     the initial value
     */
    record GlobalDeclaration(
            String name, Span nameSpan, boolean isPrivate, Optional<Long> size, boolean wrap,
            Optional<Expression.Literal> init, Span span) implements Declaration {
    }

    /**
     * A function.
     *
     * @param priority   the number in {@code function f():3}; overloads are tried from the lowest, and 1 is meant where
     *                   none is written
     */
    record FunctionDeclaration(
            String name, Span nameSpan, boolean isPrivate, List<Parameter> parameters, Optional<ValueType> returnType,
            Optional<Long> priority, FunctionBody body, Span span) implements Declaration {
        public FunctionDeclaration {
            parameters = List.copyOf(parameters);
        }
    }

    /** A probe: the points it is attached to and its handler. */
    record ProbeDeclaration(List<ProbePoint> points, Statement.Block body, Span span) implements Declaration {
        public ProbeDeclaration {
            points = List.copyOf(points);
        }
    }

    /** Where an alias's body goes: before or after that of the probe that uses it. */
    enum AliasKind {
        /** Written {@code =}. */
        PROLOGUE("="),
        /** Written {@code +=}. */
        EPILOGUE("+=");

        private final String text;

        AliasKind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * A probe alias.
     *
     * @param names  the names it defines; more than one for {@code probe a, b = …}
     * @param points what it stands for
     * @param body   the block, whose place is told by {@code kind}
     * @param second the block after a comma, {@code probe a = b { prologue }, { epilogue }}: always an epilogue
     */
    record AliasDeclaration(
            List<ProbePoint> names, AliasKind kind, List<ProbePoint> points, Statement.Block body,
            Optional<Statement.Block> second, Span span)
            implements Declaration {
        public AliasDeclaration {
            names = List.copyOf(names);
            points = List.copyOf(points);
        }
    }

    /** C code at the top level, without {@code %{} and {@code %}}. */
    record EmbeddedCodeDeclaration(String code, Span span) implements Declaration {
    }
}
