package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.Type;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.source.Span;

/** Types of expressions: what each form gives, and what it demands of its parts. {@link Type#VOID} demands nothing. */
final class ExpressionTypes {
    private final List<Diagnostic> mismatches = new ArrayList<>();
    private final List<Diagnostic> unresolved = new ArrayList<>();
    private int learned;

    void startRound() {
        mismatches.clear();
        unresolved.clear();
        learned = 0;
    }

    int learned() {
        return learned;
    }

    List<Diagnostic> mismatches() {
        return mismatches;
    }

    List<Diagnostic> unresolved() {
        return unresolved;
    }

    /** An expression whose value nobody uses. */
    void visitVoid(BoundExpression expression) {
        if (expression instanceof BoundExpression.Invocation call) {
            arguments(call);
            if (call.overloads.getFirst().result.known()) {
                call.type = call.overloads.getFirst().result.type();
            }
        } else if (expression instanceof BoundExpression.Assignment assignment) {
            assignment(assignment, Type.VOID);
        } else {
            visit(expression, Type.VOID);
        }
    }

    void visit(BoundExpression expression, Type wanted) {
        boolean open = infer(expression, wanted);
        if (open && wanted != Type.VOID && expression.type != Type.VOID && wanted != expression.type) {
            mismatches.add(Diagnostic.semanticError("type-mismatch", "type mismatch: expected " + wanted.word() + " but found "
                    + expression.type.word(), expression.span).seeing(expression.saw()));
        }
    }

    /**
     * Learns the type of an expression, and from it those of its parts.
     *
     * @return whether it is still to be compared with the one that is wanted
     */
    private boolean infer(BoundExpression expression, Type wanted) {
        switch (expression) {
            case BoundExpression.NumberConstant _, BoundExpression.TextConstant _, BoundExpression.ContextValue _,
                    BoundExpression.PrettyText _ -> { }
            case BoundExpression.VariableUse e -> {
                variable(e.variable.type, e, wanted);
                return false;
            }
            case BoundExpression.ElementUse e -> {
                keys(e.variable, e.keys);
                variable(e.variable.type, e, wanted);
                return false;
            }
            case BoundExpression.Negation e -> {
                visit(e.operand, Type.LONG);
                e.type = Type.LONG;
            }
            case BoundExpression.Arithmetic e -> {
                visit(e.left, Type.LONG);
                visit(e.right, Type.LONG);
                e.type = Type.LONG;
            }
            case BoundExpression.Comparison e -> {
                comparison(e);
                e.type = Type.LONG;
            }
            case BoundExpression.Logical e -> {
                visit(e.left, Type.LONG);
                visit(e.right, Type.LONG);
                e.type = Type.LONG;
            }
            case BoundExpression.Concatenation e -> {
                visit(e.left, Type.STRING);
                visit(e.right, Type.STRING);
                e.type = Type.STRING;
            }
            case BoundExpression.Choice e -> {
                visit(e.condition, Type.LONG);
                both(e.then, e.otherwise, wanted);
                e.type = e.then.type;
            }
            case BoundExpression.Assignment e -> {
                assignment(e, wanted);
                return false;
            }
            case BoundExpression.Crement e -> {
                visit(e.place, Type.LONG);
                e.type = Type.LONG;
            }
            case BoundExpression.Accumulation e -> {
                visit(e.place, Type.STATS);
                visit(e.value, Type.LONG);
                e.type = Type.LONG;
            }
            case BoundExpression.Membership e -> {
                keys(e.array, e.keys);
                e.type = Type.LONG;
            }
            case BoundExpression.Match e -> {
                visit(e.text, Type.STRING);
                e.type = Type.LONG;
            }
            case BoundExpression.Invocation e -> {
                invocation(e, wanted);
                return false;
            }
            case BoundExpression.IntrinsicUse e -> {
                for (int i = 0; i < e.arguments.length; i++) {
                    visit(e.arguments[i], e.intrinsic.parameters().get(i));
                }
            }
            case BoundExpression.Extraction e -> {
                visit(e.statistic, Type.STATS);
                e.type = e.kind.isPresent() ? Type.LONG : Type.VOID;
            }
            case BoundExpression.BucketUse e -> {
                visit(e.histogram, Type.VOID);
                visit(e.index, Type.LONG);
                e.type = Type.LONG;
            }
            case BoundExpression.Output e -> output(e);
            case BoundExpression.MemoryUse e -> visit(e.base, Type.LONG);
            case BoundExpression.Unresolved e -> {
                mismatches.add(e.error);
                return false;
            }
        }
        return true;
    }

    // ---- variables

    /** A use of something whose type is remembered: learns it from {@code wanted}, or must agree with it. */
    private void variable(Typing typing, BoundExpression use, Type wanted) {
        if (!typing.known() && wanted != Type.VOID) {
            learn(typing, wanted, use.span, use.saw());
        } else if (!typing.known()) {
            unresolved(use.span, use.saw());
        } else if (wanted != Type.VOID && wanted != typing.type()) {
            mismatch(typing, wanted, use.span, use.saw());
        }
        use.type = typing.type();
    }

    void learn(Typing typing, Type type, Span at, String saw) {
        typing.determine(type, at, saw);
        learned++;
    }

    void meet(Typing typing, Type type, Span at, String saw) {
        if (!typing.known()) {
            learn(typing, type, at, saw);
        } else if (typing.type() != type) {
            mismatch(typing, type, at, saw);
        }
    }

    /** Two that must be of one type; what one knows, the other learns. */
    void unify(Typing first, Typing second, Span at, String saw) {
        if (first.known()) {
            meet(second, first.type(), at, saw);
        } else if (second.known()) {
            learn(first, second.type(), at, saw);
        } else {
            unresolved(at, saw);
        }
    }

    void expectKnown(Typing typing, Span at, String saw) {
        if (!typing.known()) {
            unresolved(at, saw);
        }
    }

    /** What a sort by a figure of a statistic wants. */
    void expectStatistics(Variable array, Span at) {
        if (array.type.known() && array.type.type() != Type.STATS) {
            mismatches.add(Diagnostic.semanticError("type-mismatch", "invalid type " + array.type.type().word() + ": array '"
                    + array.name + "' is sorted as one of statistics", at).seeing("keyword"));
        }
    }

    void statisticAsValue(Variable array, Variable value) {
        mismatches.add(Diagnostic.semanticError("type-mismatch", "invalid type stats: array '" + array.name
                + "' is one of statistics, which are no values", value.span).seeing(Names.identifier(value.name))
                .withHint("take a figure of an element in the loop, as @count(" + array.name + "[...])"));
    }

    private void unresolved(Span at, String saw) {
        unresolved.add(Diagnostic.semanticError("unresolved-type", "unresolved type ", at).seeing(saw));
    }

    private void mismatch(Typing typing, Type wanted, Span at, String saw) {
        Diagnostic error = Diagnostic.semanticError("type-mismatch", "type mismatch (" + wanted.word() + ")", at).seeing(saw);
        mismatches.add(typing.where().isEmpty() ? error
                : error.withRelated("type was first inferred here (" + typing.type().word() + "): " + typing.saw(),
                        typing.where().get()));
    }

    void keys(Variable array, BoundExpression[] keys) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != null) {
                key(array, i, keys[i]);
            }
        }
    }

    void key(Variable array, int index, BoundExpression key) {
        Typing typing = array.keys[index];
        if (!typing.known()) {
            visit(key, Type.VOID);
            if (key.type != Type.VOID) {
                learn(typing, key.type, key.span, key.saw());
            }
            return;
        }
        int before = mismatches.size();
        visit(key, typing.type());
        if (mismatches.size() > before && typing.where().isPresent()) {
            mismatches.set(before, mismatches.get(before).withRelated("type of index " + index + " was first inferred here ("
                    + typing.type().word() + "): " + typing.saw(), typing.where().get()));
        }
    }

    // ---- forms

    private void both(BoundExpression left, BoundExpression right, Type wanted) {
        Type first = wanted != Type.VOID ? wanted : right.type;
        visit(left, first);
        visit(right, wanted != Type.VOID ? wanted : left.type);
        if (left.type == Type.VOID && right.type != Type.VOID) {
            visit(left, right.type);
        }
    }

    private void comparison(BoundExpression.Comparison e) {
        // What is a number whatever its parts are decides; otherwise literals on the right do.
        Type first = alwaysNumber(e.left) ? Type.LONG : e.right.type;
        visit(e.left, first);
        visit(e.right, e.left.type);
        if (e.left.type == Type.VOID && e.right.type != Type.VOID) {
            visit(e.left, e.right.type);
        }
    }

    private static boolean alwaysNumber(BoundExpression e) {
        return e instanceof BoundExpression.Comparison || e instanceof BoundExpression.Logical
                || e instanceof BoundExpression.Arithmetic || e instanceof BoundExpression.Negation
                || e instanceof BoundExpression.Match || e instanceof BoundExpression.Membership;
    }

    private void assignment(BoundExpression.Assignment e, Type wanted) {
        if (e.op.isPresent()) {
            visit(e.place, Type.LONG);
            visit(e.value, Type.LONG);
            e.type = Type.LONG;
        } else if (e.concat) {
            visit(e.place, Type.STRING);
            visit(e.value, Type.STRING);
            e.type = Type.STRING;
        } else {
            Type place = placeType(e.place);
            visit(e.value, wanted != Type.VOID ? wanted : e.value.type == Type.VOID ? place : Type.VOID);
            visit(e.place, e.value.type != Type.VOID ? e.value.type : wanted);
            e.type = e.place.type;
        }
        if (wanted != Type.VOID && e.type != Type.VOID && e.type != wanted && e.op.isPresent() | e.concat) {
            mismatches.add(Diagnostic.semanticError("type-mismatch", "type mismatch: expected " + wanted.word() + " but found "
                    + e.type.word(), e.span).seeing(e.saw()));
        }
    }

    private static Type placeType(BoundExpression place) {
        return switch (place) {
            case BoundExpression.VariableUse use -> use.variable.type.type();
            case BoundExpression.ElementUse use -> use.variable.type.type();
            default -> place.type;
        };
    }

    private void invocation(BoundExpression.Invocation e, Type wanted) {
        arguments(e);
        Typing result = result(e);
        if (!result.known() && wanted != Type.VOID) {
            learn(result, wanted, e.span, e.saw());
        } else if (result.known() && wanted != Type.VOID && wanted != result.type()) {
            mismatch(result, wanted, e.span, e.saw());
        }
        e.type = result.type();
        for (Routine other : e.overloads) {
            if (result.known()) {
                meet(other.result, result.type(), e.span, e.saw());
            }
        }
    }

    /** That of the first overload whose result is known: one that only goes on with {@code next} does not tell. */
    private static Typing result(BoundExpression.Invocation e) {
        for (Routine routine : e.overloads) {
            if (routine.result.known()) {
                return routine.result;
            }
        }
        return e.overloads.getFirst().result;
    }

    private void arguments(BoundExpression.Invocation e) {
        for (int i = 0; i < e.arguments.length; i++) {
            BoundExpression argument = e.arguments[i];
            for (Routine overload : e.overloads) {
                Typing parameter = overload.parameters.get(i).type;
                visit(argument, parameter.type());
                if (argument.type != Type.VOID && !parameter.known()) {
                    learn(parameter, argument.type, argument.span, argument.saw());
                }
            }
        }
    }

    /** A stand-in for an intrinsic has the intrinsic's type. */
    void standIn(Routine routine) {
        Type type = routine.intrinsic.orElseThrow().result();
        if (type != Type.VOID && !routine.result.known()) {
            learn(routine.result, type, routine.span, Names.identifier(routine.name));
        }
    }

    private void output(BoundExpression.Output e) {
        e.type = e.toStream ? Type.VOID : Type.STRING;
        if (e.format.isEmpty()) {
            for (BoundExpression argument : e.arguments) {
                visit(argument, Type.VOID);
                if (argument.type == Type.VOID && !(argument instanceof BoundExpression.Extraction)) {
                    unresolved(argument.span, argument.saw());
                }
            }
            return;
        }
        PrintFormat format = e.format.get();
        if (Formats.arguments(format) != e.arguments.length) {
            mismatches.add(Diagnostic.semanticError("print-arguments", "Wrong number of args to formatted print operator", e.span)
                    .seeing(e.saw()).withHint("the format takes " + Formats.arguments(format) + ", given are "
                            + e.arguments.length));
            return;
        }
        int next = 0;
        for (PrintFormat.Part part : format.parts()) {
            if (part instanceof PrintFormat.Conversion conversion) {
                for (int i = 1; i < conversion.arguments(); i++) {
                    visit(e.arguments[next++], Type.LONG);
                }
                visit(e.arguments[next++], conversion.takesString() ? Type.STRING : Type.LONG);
            }
        }
    }
}
