package org.jstap.language.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Walks over trees of any node. */
public final class Trees {
    private Trees() {
    }

    /** The direct children of a node, in the order they are written. */
    public static List<Node> children(Node node) {
        List<Node> out = new ArrayList<>();
        switch (node) {
            case ScriptFile file -> out.addAll(file.declarations());
            case Declaration declaration -> declaration(declaration, out);
            case Parameter _, FunctionBody.EmbeddedCode _, Statement.Sort _, FormatPart _ -> { }
            case ProbePoint point -> {
                out.addAll(point.components());
                add(out, point.condition());
            }
            case ProbePoint.Component component -> add(out, component.argument());
            case Statement statement -> statement(statement, out);
            case Expression expression -> expression(expression, out);
            case TargetComponent.ArrayIndex index -> out.add(index.index());
            case TargetComponent.Member _, TargetComponent.Pretty _ -> { }
        }
        return out;
    }

    private static void declaration(Declaration declaration, List<Node> out) {
        switch (declaration) {
            case Declaration.GlobalDeclaration global -> add(out, global.init());
            case Declaration.FunctionDeclaration function -> {
                out.addAll(function.parameters());
                out.add(function.body());
            }
            case Declaration.ProbeDeclaration probe -> {
                out.addAll(probe.points());
                out.add(probe.body());
            }
            case Declaration.AliasDeclaration alias -> {
                out.addAll(alias.names());
                out.addAll(alias.points());
                out.add(alias.body());
                add(out, alias.second());
            }
            case Declaration.EmbeddedCodeDeclaration _ -> { }
        }
    }

    private static void statement(Statement statement, List<Node> out) {
        switch (statement) {
            case Statement.Block s -> out.addAll(s.statements());
            case Statement.ExpressionStatement s -> out.add(s.expression());
            case Statement.If s -> {
                out.add(s.condition());
                out.add(s.then());
                add(out, s.otherwise());
            }
            case Statement.While s -> {
                out.add(s.condition());
                out.add(s.body());
            }
            case Statement.For s -> {
                add(out, s.init());
                add(out, s.condition());
                add(out, s.update());
                out.add(s.body());
            }
            case Statement.Foreach s -> {
                add(out, s.value());
                out.addAll(s.indexes());
                out.add(s.array());
                addAll(out, s.slices());
                add(out, s.sort());
                add(out, s.limit());
                out.add(s.body());
            }
            case Statement.Return s -> add(out, s.value());
            case Statement.Delete s -> out.add(s.target());
            case Statement.TryCatch s -> {
                out.add(s.body());
                add(out, s.variable());
                out.add(s.handler());
            }
            case Statement.Empty _, Statement.Next _, Statement.Break _, Statement.Continue _,
                    Statement.EmbeddedStatement _ -> { }
        }
    }

    private static void expression(Expression expression, List<Node> out) {
        switch (expression) {
            case Expression.NumberLiteral _, Expression.StringLiteral _, Expression.Symbol _,
                    Expression.ProbeWrite _, Expression.Constant _, Expression.Perf _, Expression.Register _,
                    Expression.EmbeddedExpression _ -> { }
            case Expression.Unary e -> out.add(e.operand());
            case Expression.Crement e -> out.add(e.target());
            case Expression.Binary e -> both(out, e.left(), e.right());
            case Expression.Concatenation e -> both(out, e.left(), e.right());
            case Expression.Ternary e -> {
                both(out, e.condition(), e.then());
                out.add(e.otherwise());
            }
            case Expression.Assignment e -> both(out, e.target(), e.value());
            case Expression.Membership e -> {
                addAll(out, e.index());
                out.add(e.array());
            }
            case Expression.RegexMatch e -> both(out, e.left(), e.pattern());
            case Expression.Index e -> {
                out.add(e.base());
                addAll(out, e.indexes());
            }
            case Expression.Call e -> out.addAll(e.arguments());
            case Expression.TargetVariable e -> out.addAll(e.components());
            case Expression.VariableReference e -> out.addAll(e.components());
            case Expression.Cast e -> {
                out.add(e.operand());
                out.addAll(e.components());
            }
            case Expression.Autocast e -> {
                out.add(e.operand());
                out.addAll(e.components());
            }
            case Expression.Defined e -> out.add(e.operand());
            case Expression.Entry e -> out.add(e.operand());
            case Expression.Dereference e -> out.add(e.address());
            case Expression.Statistic e -> out.add(e.statistic());
            case Expression.Histogram e -> out.add(e.statistic());
            case Expression.Print e -> {
                out.addAll(e.format());
                add(out, e.delimiter());
                out.addAll(e.arguments());
            }
        }
    }

    private static void both(List<Node> out, Node first, Node second) {
        out.add(first);
        out.add(second);
    }

    private static void add(List<Node> out, Optional<? extends Node> node) {
        if (node.isPresent()) {
            out.add(node.get());
        }
    }

    private static void addAll(List<Node> out, List<? extends Optional<? extends Node>> nodes) {
        for (Optional<? extends Node> node : nodes) {
            add(out, node);
        }
    }
}
