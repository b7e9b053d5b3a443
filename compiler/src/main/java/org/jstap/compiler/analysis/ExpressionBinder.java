package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.analysis.BoundExpression.NumberConstant;
import org.jstap.compiler.analysis.BoundExpression.TextConstant;
import org.jstap.compiler.analysis.BoundExpression.Unresolved;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.program.Expr.ArithmeticOp;
import org.jstap.compiler.program.Expr.ComparisonOp;
import org.jstap.compiler.program.Expr.UnaryOp;
import org.jstap.compiler.program.HistogramShape;
import org.jstap.compiler.program.StatKind;
import org.jstap.compiler.regex.Regex;
import org.jstap.compiler.tapset.Absences;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.diagnostic.Diagnostics;
import org.jstap.language.diagnostic.Suggestions;
import org.jstap.language.source.Span;
import org.jstap.language.tree.Expression;

/** Gives the names in expressions their meaning. Throws {@link DiagnosticException} where a statement makes no sense. */
final class ExpressionBinder {
    private static final int LOG_BUCKETS = 128;

    private final Names names;
    private final Scope scope;
    private final Diagnostics diagnostics;

    ExpressionBinder(Names names, Scope scope, Diagnostics diagnostics) {
        this.names = names;
        this.scope = scope;
        this.diagnostics = diagnostics;
    }

    BoundExpression bind(Expression expression) {
        return switch (expression) {
            case Expression.NumberLiteral e -> new NumberConstant(e.value(), e.span());
            case Expression.StringLiteral e -> new TextConstant(e.value(), e.raw(), e.span());
            case Expression.Unary e -> unary(e);
            case Expression.Crement e -> crement(e);
            case Expression.Binary e -> binary(e);
            case Expression.Concatenation e -> new BoundExpression.Concatenation(bind(e.left()), bind(e.right()),
                    Tokens.between(e.span(), e.left().span(), e.right().span(), "."));
            case Expression.Ternary e -> ternary(e);
            case Expression.Assignment e -> assignment(e);
            case Expression.Membership e -> membership(e);
            case Expression.RegexMatch e -> match(e);
            case Expression.Symbol e -> new BoundExpression.VariableUse(scalar(e), e.span());
            case Expression.Index e -> index(e);
            case Expression.Call e -> call(e);
            case Expression.Defined e -> definedValue(e);
            case Expression.ProbeWrite e -> new NumberConstant(0, e.span());
            case Expression.Statistic e -> statistic(e);
            case Expression.Histogram e -> histogram(e);
            case Expression.Print e -> print(e);
            case Expression.Perf e -> names.counters().value(e, this);
            case Expression.EmbeddedExpression e -> throw embedded(e.span());
            case Expression.TargetVariable _, Expression.Cast _, Expression.Autocast _, Expression.VariableReference _,
                    Expression.Entry _, Expression.Constant _, Expression.Dereference _, Expression.Register _ ->
                    scope.targets.resolve(expression, this, false);
        };
    }

    Optional<BoundExpression> bind(Optional<Expression> expression) {
        return expression.isEmpty() ? Optional.empty() : Optional.of(bind(expression.get()));
    }

    static DiagnosticException embedded(Span at) {
        return new DiagnosticException(Diagnostic.semanticError("embedded-c", "embedded C code cannot run here", at)
                .withHint("jstap translates to eBPF and has no C compiler; write it in the script language, or use tapset functions"));
    }

    private BoundExpression match(Expression.RegexMatch e) {
        if (Regex.compile(e.pattern().value()) instanceof Regex.Refused refused) {
            diagnostics.add(Diagnostic.semanticError("regex", "regex compilation error (at position " + refused.position() + "): "
                    + refused.message(), e.pattern().span()).seeing("string '" + e.pattern().raw() + "'"));
        }
        return new BoundExpression.Match(bind(e.left()), e.pattern(), e.negated(),
                Tokens.between(e.span(), e.left().span(), e.pattern().span(), e.negated() ? "!~" : "=~"));
    }

    // ---- operators

    private BoundExpression unary(Expression.Unary e) {
        Span at = Tokens.head(e.span(), 1);
        return switch (e.operator()) {
            // A plus makes a number of its operand, as 0 + x does.
            case PLUS -> new BoundExpression.Arithmetic(ArithmeticOp.ADD, new NumberConstant(0, at), bind(e.operand()), at);
            case MINUS -> new BoundExpression.Negation(UnaryOp.NEGATE, bind(e.operand()), at);
            case NOT -> {
                Optional<Boolean> known = known(e);
                yield known.isPresent() ? number(known.get(), e.span())
                        : new BoundExpression.Negation(UnaryOp.NOT, bind(e.operand()), at);
            }
            case COMPLEMENT -> new BoundExpression.Negation(UnaryOp.COMPLEMENT, bind(e.operand()), at);
        };
    }

    private BoundExpression binary(Expression.Binary e) {
        Span at = Tokens.between(e.span(), e.left().span(), e.right().span(), e.operator().text());
        return switch (e.operator().kind()) {
            case ARITHMETIC -> {
                Optional<ArithmeticOp> op = arithmetic(e.operator());
                yield op.isPresent() ? new BoundExpression.Arithmetic(op.get(), bind(e.left()), bind(e.right()), at)
                        : Synthesis.unsignedShift(scope, bind(e.left()), bind(e.right()), at);
            }
            case COMPARISON -> new BoundExpression.Comparison(comparison(e.operator()), bind(e.left()), bind(e.right()), at);
            case LOGICAL -> {
                Optional<Boolean> known = known(e);
                if (known.isPresent()) {
                    yield number(known.get(), e.span());
                }
                boolean and = e.operator() == Expression.BinaryOperator.AND;
                // The side that decides nothing is dropped, so that the other one may need what was asked for.
                Optional<Boolean> left = known(e.left());
                Optional<Boolean> right = known(e.right());
                if (left.isPresent()) {
                    yield truth(bind(e.right()), at);
                }
                if (right.isPresent()) {
                    yield truth(bind(e.left()), at);
                }
                yield new BoundExpression.Logical(and, bind(e.left()), bind(e.right()), at);
            }
        };
    }

    private static BoundExpression truth(BoundExpression operand, Span at) {
        boolean isTruth = switch (operand) {
            case BoundExpression.Comparison _, BoundExpression.Logical _, BoundExpression.Match _,
                    BoundExpression.Membership _ -> true;
            default -> false;
        };
        return isTruth ? operand : new BoundExpression.Comparison(ComparisonOp.NE, operand, new NumberConstant(0, at), at);
    }

    private static Optional<ArithmeticOp> arithmetic(Expression.BinaryOperator operator) {
        return switch (operator) {
            case MULTIPLY -> Optional.of(ArithmeticOp.MUL);
            case DIVIDE -> Optional.of(ArithmeticOp.DIV);
            case MODULO -> Optional.of(ArithmeticOp.MOD);
            case ADD -> Optional.of(ArithmeticOp.ADD);
            case SUBTRACT -> Optional.of(ArithmeticOp.SUB);
            case SHIFT_LEFT -> Optional.of(ArithmeticOp.SHL);
            case SHIFT_RIGHT -> Optional.of(ArithmeticOp.SHR);
            case BIT_AND -> Optional.of(ArithmeticOp.AND);
            case BIT_XOR -> Optional.of(ArithmeticOp.XOR);
            case BIT_OR -> Optional.of(ArithmeticOp.OR);
            default -> Optional.empty();
        };
    }

    private static ComparisonOp comparison(Expression.BinaryOperator operator) {
        return switch (operator) {
            case LESS -> ComparisonOp.LT;
            case LESS_OR_EQUAL -> ComparisonOp.LE;
            case GREATER -> ComparisonOp.GT;
            case GREATER_OR_EQUAL -> ComparisonOp.GE;
            case NOT_EQUAL -> ComparisonOp.NE;
            default -> ComparisonOp.EQ;
        };
    }

    private BoundExpression ternary(Expression.Ternary e) {
        Optional<Boolean> known = known(e.condition());
        if (known.isPresent()) {
            return bind(known.get() ? e.then() : e.otherwise());
        }
        return new BoundExpression.Choice(bind(e.condition()), bind(e.then()), bind(e.otherwise()),
                Tokens.between(e.span(), e.condition().span(), e.then().span(), "?"));
    }

    // ---- what @defined decides

    /** The value of a condition made of {@code @defined} alone; the branches it kills are never bound. */
    Optional<Boolean> known(Expression condition) {
        return switch (condition) {
            case Expression.Defined e -> Optional.of(isDefined(e));
            case Expression.ProbeWrite _ -> Optional.of(false);
            case Expression.Unary e when e.operator() == Expression.UnaryOperator.NOT -> {
                Optional<Boolean> operand = known(e.operand());
                yield operand.isEmpty() ? operand : Optional.of(!operand.get());
            }
            case Expression.Binary e when e.operator().kind() == Expression.BinaryKind.LOGICAL -> {
                boolean and = e.operator() == Expression.BinaryOperator.AND;
                Optional<Boolean> left = known(e.left());
                if (left.isPresent() && left.get() != and) {
                    yield left;
                }
                Optional<Boolean> right = known(e.right());
                yield left.isPresent() && right.isPresent() ? right : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private boolean isDefined(Expression.Defined e) {
        Optional<Boolean> defined = scope.targets.defined(e.operand(), this);
        if (!scope.targets.hasContext() && !defined.orElse(false) && scope.routine.isEmpty()) {
            diagnostics.add(Diagnostic.warning("collapsed-defined", "Collapsing unresolved @define to 0 [stapprobes]",
                    Tokens.head(e.span(), 8)).seeing("operator '@defined'"));
        }
        return defined.orElse(true);
    }

    private BoundExpression definedValue(Expression.Defined e) {
        return number(isDefined(e), e.span());
    }

    private static BoundExpression number(boolean value, Span at) {
        return new NumberConstant(value ? 1 : 0, at);
    }

    // ---- places

    private BoundExpression place(Expression target) {
        return switch (target) {
            case Expression.Symbol e -> new BoundExpression.VariableUse(scalar(e), e.span());
            case Expression.Index e when e.base() instanceof Expression.Symbol -> index(e);
            case Expression.TargetVariable _, Expression.Cast _, Expression.Autocast _, Expression.VariableReference _,
                    Expression.Entry _, Expression.Dereference _, Expression.Register _ ->
                    scope.targets.resolve(target, this, true);
            default -> Lvalues.missing(bind(target));
        };
    }

    private BoundExpression crement(Expression.Crement e) {
        BoundExpression place = place(e.target());
        return place instanceof Unresolved ? place
                : new BoundExpression.Crement(place, e.increment() ? 1 : -1, e.prefix(),
                        e.prefix() ? Tokens.head(e.span(), 2) : Tokens.after(e.span(), e.target().span(), e.text()));
    }

    private BoundExpression assignment(Expression.Assignment e) {
        Optional<Expression> set = scope.targets.setting(e);
        if (set.isPresent()) {
            return bind(set.get());
        }
        Span at = Tokens.between(e.span(), e.target().span(), e.value().span(), e.operator().text());
        BoundExpression place = place(e.target());
        Lvalues.require(place, at);
        BoundExpression value = bind(e.value());
        if (place instanceof Unresolved) {
            return place;
        }
        return switch (e.operator()) {
            case ASSIGN -> {
                if (place instanceof BoundExpression.VariableUse use) {
                    scope.targets.assigned(use.variable, e.value(), this);
                }
                yield new BoundExpression.Assignment(place, Optional.empty(), false, value, at);
            }
            case CONCATENATE -> new BoundExpression.Assignment(place, Optional.empty(), true, value, at);
            case AGGREGATE -> accumulation(place, value, at);
            default -> {
                Optional<ArithmeticOp> op = arithmetic(e.operator().arithmetic().orElseThrow());
                if (op.isPresent()) {
                    yield new BoundExpression.Assignment(place, op, false, value, at);
                }
                yield new BoundExpression.Assignment(place, Optional.empty(), false,
                        Synthesis.unsignedShift(scope, bind(e.target()), value, at), at);
            }
        };
    }

    private BoundExpression accumulation(BoundExpression place, BoundExpression value, Span at) {
        if (place instanceof BoundExpression.VariableUse use && !use.variable.isGlobal()) {
            throw localStatistic(use);
        }
        return new BoundExpression.Accumulation(place, value, at);
    }

    /** The scalar that a name means; a new local if it means nothing yet. */
    Variable scalar(Expression.Symbol e) {
        Optional<Variable> local = scope.find(e.name());
        if (local.isPresent()) {
            return local.get();
        }
        Optional<Variable> global = names.global(e.name(), e.span().outermost().file());
        if (global.isEmpty()) {
            return scope.declare(e.name(), e.span());
        }
        fixArity(global.get(), 0, e.span());
        return global.get();
    }

    /** The global that a name means, scalar or array. */
    Variable wholeVariable(Expression.Symbol e) {
        Optional<Variable> local = scope.find(e.name());
        if (local.isPresent() && local.get().kind == Variable.Kind.LOCAL) {
            return local.get();
        }
        Optional<Variable> global = names.global(e.name(), e.span().outermost().file());
        return global.isPresent() ? global.get() : local.isPresent() ? local.get() : scope.declare(e.name(), e.span());
    }

    Variable array(String name, int arity, Span at) {
        Optional<Variable> global = names.global(name, at.outermost().file());
        if (global.isEmpty()) {
            String hint = Suggestions.hint(name, names.globalNames());
            Diagnostic error = Diagnostic.semanticError("unresolved-array", "unresolved arity-" + arity + " global array " + name
                    + ", missing global declaration?", at).seeing(Names.identifier(name));
            throw new DiagnosticException(hint.isEmpty() ? error.withHint("declare it at the top of the script: global " + name)
                    : error.withHint(hint));
        }
        fixArity(global.get(), arity, at);
        return global.get();
    }

    private static void fixArity(Variable variable, int arity, Span at) {
        if (!variable.fixArity(arity)) {
            throw new DiagnosticException(Diagnostic.semanticError("inconsistent-arity",
                    "inconsistent arity (" + variable.arity + " vs " + arity + ")", at)
                    .seeing(Names.identifier(variable.name)).withRelated("declared here", variable.span));
        }
        if (arity == 0 && variable.wrap) {
            throw new DiagnosticException(Diagnostic.semanticError("wrapping-scalar", "wrapping not supported for scalars",
                    variable.span).seeing(Names.identifier(variable.name)));
        }
    }

    BoundExpression[] keys(List<Optional<Expression>> indexes) {
        BoundExpression[] keys = new BoundExpression[indexes.size()];
        for (int i = 0; i < keys.length; i++) {
            if (indexes.get(i).isPresent()) {
                keys[i] = bind(indexes.get(i).get());
            }
        }
        return keys;
    }

    private BoundExpression index(Expression.Index e) {
        if (e.base() instanceof Expression.Histogram histogram) {
            if (e.indexes().size() != 1 || e.indexes().getFirst().isEmpty()) {
                throw new DiagnosticException(Diagnostic.semanticError("histogram-index",
                        "a histogram has one index, the number of a bucket", e.span()));
            }
            return new BoundExpression.BucketUse(histogram(histogram), bind(e.indexes().getFirst().get()), e.span());
        }
        BoundExpression.ElementUse element = element(e);
        for (BoundExpression key : element.keys) {
            if (key == null) {
                throw new DiagnosticException(Diagnostic.semanticError("wildcard-index",
                        "wildcard not allowed in array index", element.span).seeing(element.saw()));
            }
        }
        return element;
    }

    /** An element with perhaps open keys. */
    BoundExpression.ElementUse element(Expression.Index e) {
        Expression.Symbol base = (Expression.Symbol) e.base();
        Variable array = array(base.name(), e.indexes().size(), base.span());
        return new BoundExpression.ElementUse(array, keys(e.indexes()), base.span());
    }

    private BoundExpression membership(Expression.Membership e) {
        if (e.array() instanceof Expression.Histogram histogram) {
            return bucketMembership(e, histogram);
        }
        if (!(e.array() instanceof Expression.Symbol symbol)) {
            throw new DiagnosticException(Diagnostic.semanticError("membership-array",
                    "'in' needs an array or a histogram", e.array().span()));
        }
        Variable array = array(symbol.name(), e.index().size(), symbol.span());
        return new BoundExpression.Membership(array, keys(e.index()), e.span());
    }

    /** A bucket is there where its number is one of the histogram's and the statistic has values. */
    private BoundExpression bucketMembership(Expression.Membership e, Expression.Histogram of) {
        Span at = e.span();
        if (e.index().size() != 1 || e.index().getFirst().isEmpty()) {
            throw new DiagnosticException(Diagnostic.semanticError("histogram-index",
                    "a histogram has one index, the number of a bucket", at));
        }
        BoundExpression.Extraction histogram = (BoundExpression.Extraction) histogram(of);
        statisticVariable(histogram.statistic).extractors.add(StatKind.COUNT);
        long buckets = switch (histogram.histogram.orElseThrow()) {
            case HistogramShape.Log _ -> LOG_BUCKETS;
            case HistogramShape.Linear s -> s.width() <= 0 || s.high() < s.low() ? 0 : (s.high() - s.low()) / s.width() + 3;
        };
        Variable index = Synthesis.temporary(scope, at);
        BoundExpression asked = new BoundExpression.Assignment(new BoundExpression.VariableUse(index, at), Optional.empty(), false,
                bind(e.index().getFirst().get()), at);
        BoundExpression within = new BoundExpression.Logical(true,
                new BoundExpression.Comparison(ComparisonOp.GE, asked, new NumberConstant(0, at), at),
                new BoundExpression.Comparison(ComparisonOp.LT, new BoundExpression.VariableUse(index, at),
                        new NumberConstant(buckets, at), at), at);
        BoundExpression count = new BoundExpression.Extraction(Optional.of(StatKind.COUNT), Optional.empty(),
                bind(of.statistic()), at);
        return new BoundExpression.Logical(true, within,
                new BoundExpression.Comparison(ComparisonOp.GT, count, new NumberConstant(0, at), at), at);
    }

    // ---- statistics

    private BoundExpression statistic(Expression.Statistic e) {
        StatKind kind = switch (e.kind()) {
            case COUNT -> StatKind.COUNT;
            case SUM -> StatKind.SUM;
            case MIN -> StatKind.MIN;
            case MAX -> StatKind.MAX;
            case AVG -> StatKind.AVG;
            case VARIANCE -> StatKind.VARIANCE;
        };
        Span at = Tokens.head(e.span(), e.kind().text().length());
        BoundExpression statistic = bind(e.statistic());
        Variable variable = statisticVariable(statistic);
        variable.extractors.add(kind);
        if (!e.parameters().isEmpty()) {
            StatisticRules.shift(variable, e.parameters().getFirst(), at, diagnostics);
        }
        return new BoundExpression.Extraction(Optional.of(kind), Optional.empty(), statistic, at);
    }

    BoundExpression histogram(Expression.Histogram e) {
        Span at = Tokens.head(e.span(), e.kind().text().length());
        HistogramShape shape = e.kind() == Expression.HistogramKind.LOG ? new HistogramShape.Log()
                : new HistogramShape.Linear(e.parameters().get(0), e.parameters().get(1), e.parameters().get(2));
        BoundExpression statistic = bind(e.statistic());
        StatisticRules.histogram(statisticVariable(statistic), shape, at, diagnostics);
        return new BoundExpression.Extraction(Optional.empty(), Optional.of(shape), statistic, at);
    }

    private static Variable statisticVariable(BoundExpression statistic) {
        return switch (statistic) {
            case BoundExpression.VariableUse use when use.variable.isGlobal() -> use.variable;
            case BoundExpression.ElementUse use -> use.variable;
            case BoundExpression.VariableUse use -> throw localStatistic(use);
            default -> throw new DiagnosticException(Diagnostic.semanticError("no-statistic",
                    "expected a statistic: a global variable or an element of a global array", statistic.span));
        };
    }

    private static DiagnosticException localStatistic(BoundExpression.VariableUse use) {
        return new DiagnosticException(Diagnostic.semanticError("local-statistic",
                "stat locals not supported, missing global declaration? ", use.span).seeing(use.saw())
                .withHint("declare it: global " + use.variable.name));
    }

    // ---- calls

    private BoundExpression call(Expression.Call e) {
        BoundExpression[] arguments = new BoundExpression[e.arguments().size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = bind(e.arguments().get(i));
        }
        List<Routine> overloads = names.overloads(e.name(), arguments.length, e.nameSpan().outermost().file());
        names.refuseWithoutTrust(e, overloads);
        if (!overloads.isEmpty()) {
            return new BoundExpression.Invocation(overloads, arguments, e.nameSpan());
        }
        Optional<Intrinsic> intrinsic = names.intrinsic(e.name(), arguments.length);
        if (intrinsic.isPresent() && intrinsic.get() == Intrinsic.MODULE_NAME) {
            return new BoundExpression.TextConstant(names.module(), names.module(), e.span());
        }
        if (intrinsic.isPresent()) {
            return new BoundExpression.IntrinsicUse(intrinsic.get(), arguments, e.nameSpan());
        }
        throw new DiagnosticException(unknownFunction(e));
    }

    private Diagnostic unknownFunction(Expression.Call e) {
        List<Integer> arities = names.arities(e.name(), e.nameSpan().outermost().file());
        if (arities.isEmpty()) {
            List<String> near = Suggestions.near(e.name(), names.functionNames(), 5);
            Optional<String> absence = Absences.reason(e.name());
            String similar = absence.isPresent() || near.isEmpty() ? "" : " (similar: " + String.join(", ", near) + ")";
            Diagnostic error = Diagnostic.semanticError("unresolved-function", "unresolved function " + e.name() + similar,
                    e.nameSpan()).seeing(Names.identifier(e.name()));
            return absence.isPresent() ? error.withHint("not in this tapset: " + absence.get()) : error;
        }
        List<String> takes = new ArrayList<>();
        for (int arity : arities) {
            takes.add(Integer.toString(arity));
        }
        return Diagnostic.semanticError("arity-mismatch", "arity mismatch found (function '" + e.name() + "' takes "
                + String.join(" or ", takes) + " args)", e.nameSpan()).seeing(Names.identifier(e.name()));
    }

    private BoundExpression print(Expression.Print e) {
        BoundExpression[] arguments = new BoundExpression[e.arguments().size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = bind(e.arguments().get(i));
        }
        return new BoundExpression.Output(
                e.kind().formatted() ? Optional.of(Formats.of(e.format())) : Optional.empty(),
                e.delimiter().isPresent() ? e.delimiter().get().value() : "", e.kind().newline(), e.toStream(), arguments,
                Tokens.head(e.span(), e.kind().text().length()));
    }
}
