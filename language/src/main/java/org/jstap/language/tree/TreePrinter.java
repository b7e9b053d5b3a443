package org.jstap.language.tree;

import java.util.List;
import java.util.Optional;

/**
 * Prints a tree as SystemTap text, the output of pass 1. Reading that text gives an equal tree but for positions; it has
 * only the parentheses that are needed.
 */
public final class TreePrinter {
    private final StringBuilder out = new StringBuilder();
    private int depth;

    private TreePrinter() {
    }

    /** The text of a file, a declaration, a statement, an expression or any other part. */
    public static String print(Node node) {
        TreePrinter printer = new TreePrinter();
        printer.node(node);
        return printer.out.toString();
    }

    private void node(Node node) {
        switch (node) {
            case ScriptFile file -> {
                for (Declaration declaration : file.declarations()) {
                    declaration(declaration);
                    out.append('\n');
                }
            }
            case Declaration declaration -> declaration(declaration);
            case Parameter parameter -> parameter(parameter);
            case FunctionBody.EmbeddedCode code -> embedded(code.code());
            case ProbePoint point -> out.append(point.asText());
            case ProbePoint.Component component -> out.append(component.asText());
            case Statement statement -> statement(statement);
            case Statement.Sort sort -> out.append(sort.direction().text());
            case Expression expression -> expression(expression, Precedence.ASSIGNMENT);
            case TargetComponent component -> component(component);
            case FormatPart part -> FormatPrinter.part(out, part);
        }
    }

    private void declaration(Declaration declaration) {
        switch (declaration) {
            case Declaration.GlobalDeclaration global -> {
                out.append(global.isPrivate() ? "private global " : "global ").append(global.name());
                if (global.wrap()) {
                    out.append('%');
                }
                if (global.size().isPresent()) {
                    out.append('[').append(global.size().get().longValue()).append(']');
                }
                if (global.init().isPresent()) {
                    out.append(" = ").append(global.init().get().asText());
                }
            }
            case Declaration.FunctionDeclaration function -> function(function);
            case Declaration.ProbeDeclaration probe -> {
                out.append("probe ");
                points(probe.points());
                out.append(' ');
                statement(probe.body());
            }
            case Declaration.AliasDeclaration alias -> {
                out.append("probe ");
                points(alias.names());
                out.append(' ').append(alias.kind().text()).append(' ');
                points(alias.points());
                out.append(' ');
                statement(alias.body());
                if (alias.second().isPresent()) {
                    out.append(", ");
                    statement(alias.second().get());
                }
            }
            case Declaration.EmbeddedCodeDeclaration code -> embedded(code.code());
        }
    }

    private void function(Declaration.FunctionDeclaration function) {
        out.append(function.isPrivate() ? "private function " : "function ").append(function.name());
        if (function.returnType().isPresent()) {
            out.append(':').append(function.returnType().get().text());
        }
        out.append('(');
        for (int i = 0; i < function.parameters().size(); i++) {
            out.append(i == 0 ? "" : ", ");
            parameter(function.parameters().get(i));
        }
        out.append(')');
        if (function.priority().isPresent()) {
            out.append(':').append(function.priority().get().longValue());
        }
        out.append(' ');
        node(function.body());
    }

    private void parameter(Parameter parameter) {
        out.append(parameter.name());
        if (parameter.type().isPresent()) {
            out.append(':').append(parameter.type().get().text());
        }
    }

    private void embedded(String code) {
        out.append("%{").append(code).append("%}");
    }

    private void points(List<ProbePoint> points) {
        for (int i = 0; i < points.size(); i++) {
            out.append(i == 0 ? "" : ", ").append(points.get(i).asText());
        }
    }

    private void line() {
        out.append('\n');
        out.repeat("  ", depth);
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Statement.Block s -> block(s);
            case Statement.Empty _ -> out.append(';');
            case Statement.ExpressionStatement s -> expression(s.expression(), Precedence.ASSIGNMENT);
            case Statement.If s -> ifStatement(s);
            case Statement.While s -> {
                out.append("while (");
                expression(s.condition(), Precedence.ASSIGNMENT);
                out.append(')');
                nested(s.body());
            }
            case Statement.For s -> {
                out.append("for (");
                optional(s.init());
                out.append("; ");
                optional(s.condition());
                out.append("; ");
                optional(s.update());
                out.append(')');
                nested(s.body());
            }
            case Statement.Foreach s -> foreach(s);
            case Statement.Return s -> {
                out.append("return");
                if (s.value().isPresent()) {
                    out.append(' ');
                    optional(s.value());
                }
                out.append(s.value().isPresent() ? "" : ";");
            }
            case Statement.Delete s -> {
                out.append("delete ");
                expression(s.target(), Precedence.ASSIGNMENT);
            }
            case Statement.Next _ -> out.append("next");
            case Statement.Break _ -> out.append("break");
            case Statement.Continue _ -> out.append("continue");
            case Statement.TryCatch s -> {
                out.append("try ");
                block(s.body());
                out.append(" catch ");
                if (s.variable().isPresent()) {
                    out.append('(').append(s.variable().get().name()).append(") ");
                }
                block(s.handler());
            }
            case Statement.EmbeddedStatement s -> embedded(s.code());
        }
    }

    private void block(Statement.Block block) {
        out.append('{');
        depth++;
        for (Statement statement : block.statements()) {
            line();
            statement(statement);
            separate(statement);
        }
        depth--;
        line();
        out.append('}');
    }

    /** An expression that begins with an operator would be read as part of the statement before it. */
    private void separate(Statement statement) {
        if (statement instanceof Statement.ExpressionStatement || statement instanceof Statement.Delete
                || statement instanceof Statement.Return || statement instanceof Statement.EmbeddedStatement) {
            if (out.charAt(out.length() - 1) != ';') {
                out.append(';');
            }
        }
    }

    private void nested(Statement body) {
        if (body instanceof Statement.Block block) {
            out.append(' ');
            block(block);
        } else {
            depth++;
            line();
            statement(body);
            separate(body);
            depth--;
        }
    }

    private void ifStatement(Statement.If s) {
        out.append("if (");
        expression(s.condition(), Precedence.ASSIGNMENT);
        out.append(')');
        nested(s.then());
        if (s.otherwise().isPresent()) {
            line();
            out.append("else");
            nested(s.otherwise().get());
        }
    }

    private void foreach(Statement.Foreach s) {
        out.append("foreach (");
        if (s.value().isPresent()) {
            out.append(s.value().get().name()).append(" = ");
        }
        boolean brackets = s.indexes().size() != 1;
        out.append(brackets ? "[" : "");
        for (int i = 0; i < s.indexes().size(); i++) {
            out.append(i == 0 ? "" : ", ").append(s.indexes().get(i).name());
            if (s.sort().isPresent() && s.sort().get().column() == i + 1) {
                out.append(s.sort().get().direction().text());
            }
        }
        out.append(brackets ? "]" : "").append(" in ");
        expression(s.array(), Precedence.PRIMARY);
        if (!s.slices().isEmpty()) {
            indexes(s.slices());
        }
        if (s.sort().isPresent() && s.sort().get().column() == 0) {
            Statement.Sort sort = s.sort().get();
            out.append(sort.extractor().isPresent() ? " " + sort.extractor().get().text() + " " : "");
            out.append(sort.direction().text());
        }
        if (s.limit().isPresent()) {
            out.append(" limit ");
            optional(s.limit());
        }
        out.append(')');
        nested(s.body());
    }

    private void optional(Optional<? extends Expression> expression) {
        if (expression.isPresent()) {
            expression(expression.get(), Precedence.ASSIGNMENT);
        }
    }

    private void expression(Expression expression, int level) {
        boolean parentheses = Precedence.of(expression) < level;
        out.append(parentheses ? "(" : "");
        new ExpressionPrinter().print(expression);
        out.append(parentheses ? ")" : "");
    }

    private void indexes(List<Optional<Expression>> indexes) {
        out.append('[');
        for (int i = 0; i < indexes.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            if (indexes.get(i).isPresent()) {
                // A comma separates, and so does 'in' where this is the left side of a membership.
                expression(indexes.get(i).get(), Precedence.ASSIGNMENT);
            } else {
                out.append('*');
            }
        }
        out.append(']');
    }

    private void component(TargetComponent component) {
        switch (component) {
            case TargetComponent.Member member -> out.append("->").append(member.name());
            case TargetComponent.ArrayIndex index -> {
                out.append('[');
                expression(index.index(), Precedence.ASSIGNMENT);
                out.append(']');
            }
            case TargetComponent.Pretty pretty -> out.append(pretty.text());
        }
    }

    /** Prints one expression's own text, its operands through {@link #expression}. */
    private final class ExpressionPrinter {
        void print(Expression expression) {
            switch (expression) {
                case Expression.NumberLiteral e ->
                        out.append(e.value() < 0 ? "0x" + Long.toHexString(e.value()) : Long.toString(e.value()));
                case Expression.StringLiteral e -> out.append(e.asText());
                case Expression.Symbol e -> out.append(e.name());
                case Expression.Unary e -> {
                    out.append(e.operator().text());
                    // Two signs in a row would be read as one operator.
                    expression(e.operand(), signed(e.operand()) ? Precedence.PRIMARY : Precedence.CREMENT);
                }
                case Expression.Crement e -> crement(e);
                case Expression.Binary e -> binary(e.left(), e.operator().text(), e.right(), Precedence.of(e));
                case Expression.Concatenation e -> binary(e.left(), ".", e.right(), Precedence.of(e));
                case Expression.RegexMatch e -> {
                    expression(e.left(), Precedence.SHIFT);
                    out.append(e.negated() ? " !~ " : " =~ ").append(e.pattern().asText());
                }
                case Expression.Ternary e -> {
                    expression(e.condition(), Precedence.LOGICAL_OR);
                    out.append(" ? ");
                    expression(e.then(), Precedence.TERNARY);
                    out.append(" : ");
                    expression(e.otherwise(), Precedence.TERNARY);
                }
                case Expression.Assignment e -> {
                    expression(e.target(), Precedence.TERNARY);
                    out.append(' ').append(e.operator().text()).append(' ');
                    expression(e.value(), Precedence.ASSIGNMENT);
                }
                case Expression.Membership e -> {
                    indexes(e.index());
                    out.append(" in ");
                    expression(e.array(), Precedence.PRIMARY);
                }
                case Expression.Index e -> {
                    expression(e.base(), Precedence.PRIMARY);
                    indexes(e.indexes());
                }
                case Expression.Call e -> {
                    out.append(e.name());
                    arguments(e.arguments());
                }
                case Expression.Print e -> print(e);
                default -> operator(expression);
            }
        }

        private boolean signed(Expression operand) {
            return operand instanceof Expression.Unary || operand instanceof Expression.Crement;
        }

        private void crement(Expression.Crement e) {
            out.append(e.prefix() ? e.text() : "");
            expression(e.target(), Precedence.PRIMARY);
            out.append(e.prefix() ? "" : e.text());
        }

        private void binary(Expression left, String operator, Expression right, int level) {
            expression(left, level);
            out.append(' ').append(operator).append(' ');
            expression(right, level + 1);
        }

        private void arguments(List<Expression> arguments) {
            out.append('(');
            for (int i = 0; i < arguments.size(); i++) {
                out.append(i == 0 ? "" : ", ");
                expression(arguments.get(i), Precedence.ASSIGNMENT);
            }
            out.append(')');
        }

        private void print(Expression.Print e) {
            out.append(e.kind().text()).append('(');
            String separator = "";
            if (e.kind().formatted()) {
                out.append(FormatPrinter.quoted(e.format()));
                separator = ", ";
            } else if (e.delimiter().isPresent()) {
                out.append(e.delimiter().get().asText());
                separator = ", ";
            }
            for (Expression argument : e.arguments()) {
                out.append(separator);
                expression(argument, Precedence.ASSIGNMENT);
                separator = ", ";
            }
            out.append(')');
        }

        private void operator(Expression expression) {
            switch (expression) {
                case Expression.TargetVariable e -> target(e.addressOf(), e.name(), e.components());
                case Expression.VariableReference e -> target(e.addressOf(),
                        "@var(" + quoted(e.symbol()) + module(e.module()) + ")", e.components());
                case Expression.Cast e -> {
                    out.append(e.addressOf() ? "&" : "").append("@cast(");
                    expression(e.operand(), Precedence.ASSIGNMENT);
                    out.append(", ").append(quoted(e.type())).append(module(e.module())).append(')');
                    components(e.components());
                }
                case Expression.Autocast e -> {
                    out.append(e.addressOf() ? "&" : "").append(needsParentheses(e) ? "(" : "");
                    expression(e.operand(), needsParentheses(e) ? Precedence.ASSIGNMENT : Precedence.PRIMARY);
                    out.append(needsParentheses(e) ? ")" : "");
                    components(e.components());
                }
                case Expression.Defined e -> call("@defined", e.operand());
                case Expression.Entry e -> call("@entry", e.operand());
                case Expression.ProbeWrite e -> out.append("@probewrite(").append(e.symbol()).append(')');
                case Expression.Constant e -> out.append("@const(").append(quoted(e.code())).append(')');
                case Expression.Perf e -> out.append("@perf(").append(quoted(e.counter())).append(')');
                case Expression.Dereference e -> {
                    out.append(e.user() ? "@uderef(" : "@kderef(").append(e.size()).append(", ");
                    expression(e.address(), Precedence.ASSIGNMENT);
                    out.append(')');
                }
                case Expression.Register e ->
                        out.append(e.user() ? "@uregister(" : "@kregister(").append(e.number()).append(')');
                case Expression.Statistic e -> statistic(e.kind().text(), e.statistic(), e.parameters());
                case Expression.Histogram e -> statistic(e.kind().text(), e.statistic(), e.parameters());
                case Expression.EmbeddedExpression e -> embedded(e.code());
                default -> throw new IllegalStateException("not an operator: " + expression.getClass().getName());
            }
        }

        /** What follows would be read as the operand's own, not as a cast of it. */
        private boolean needsParentheses(Expression.Autocast e) {
            return switch (e.operand()) {
                case Expression.TargetVariable _, Expression.Cast _, Expression.VariableReference _,
                        Expression.Autocast _, Expression.Literal _ -> true;
                case Expression.Symbol _ -> !e.components().isEmpty()
                        && e.components().getFirst() instanceof TargetComponent.ArrayIndex;
                default -> false;
            };
        }

        private void target(boolean addressOf, String text, List<TargetComponent> components) {
            out.append(addressOf ? "&" : "").append(text);
            components(components);
        }

        private void components(List<TargetComponent> components) {
            for (TargetComponent component : components) {
                component(component);
            }
        }

        private String quoted(String text) {
            return FormatPrinter.quote(text);
        }

        private String module(Optional<String> module) {
            return module.isPresent() ? ", " + quoted(module.get()) : "";
        }

        private void call(String operator, Expression operand) {
            out.append(operator).append('(');
            expression(operand, Precedence.ASSIGNMENT);
            out.append(')');
        }

        private void statistic(String operator, Expression statistic, List<Long> parameters) {
            out.append(operator).append('(');
            expression(statistic, Precedence.ASSIGNMENT);
            for (Long parameter : parameters) {
                out.append(", ").append(parameter.longValue());
            }
            out.append(')');
        }
    }
}
