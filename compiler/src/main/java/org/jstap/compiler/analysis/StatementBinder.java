package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.program.StatKind;
import org.jstap.compiler.program.Stmt;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.diagnostic.Diagnostics;
import org.jstap.language.source.Span;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.Statement;

/** Gives the names in statements their meaning; reports what makes no sense and goes on with the next statement. */
final class StatementBinder {
    private final Scope scope;
    private final ExpressionBinder expressions;
    private final Diagnostics diagnostics;

    StatementBinder(Names names, Scope scope, Diagnostics diagnostics) {
        this.scope = scope;
        this.expressions = new ExpressionBinder(names, scope, diagnostics);
        this.diagnostics = diagnostics;
    }

    ExpressionBinder expressions() {
        return expressions;
    }

    BoundStatement bind(Statement statement) {
        try {
            return bindOrThrow(statement);
        } catch (DiagnosticException e) {
            diagnostics.add(e.diagnostic());
            return new BoundStatement.Nothing(statement.span());
        }
    }

    private BoundStatement bindOrThrow(Statement statement) {
        return switch (statement) {
            case Statement.Block s -> {
                List<BoundStatement> bound = new ArrayList<>();
                for (Statement inner : s.statements()) {
                    bound.add(bind(inner));
                }
                yield new BoundStatement.Block(bound, s.span());
            }
            case Statement.Empty s -> new BoundStatement.Nothing(s.span());
            case Statement.ExpressionStatement s -> new BoundStatement.Evaluate(expressions.bind(s.expression()), s.span());
            case Statement.If s -> conditional(s);
            case Statement.While s -> loop(s);
            case Statement.For s -> new BoundStatement.Loop(true, expressions.bind(s.init()), expressions.bind(s.condition()),
                    expressions.bind(s.update()), bind(s.body()), s.span());
            case Statement.Foreach s -> foreach(s);
            case Statement.Return s -> new BoundStatement.Return(expressions.bind(s.value()), s.span());
            case Statement.Delete s -> delete(s);
            case Statement.Next s -> new BoundStatement.Next(s.span());
            case Statement.Break s -> new BoundStatement.Break(s.span());
            case Statement.Continue s -> new BoundStatement.Continue(s.span());
            case Statement.TryCatch s -> {
                BoundStatement body = bind(s.body());
                Optional<Variable> message = s.variable().isPresent() ? Optional.of(expressions.scalar(s.variable().get()))
                        : Optional.empty();
                yield new BoundStatement.Try(body, message, bind(s.handler()), s.span());
            }
            case Statement.EmbeddedStatement s -> throw ExpressionBinder.embedded(s.span());
        };
    }

    private BoundStatement conditional(Statement.If s) {
        Optional<Boolean> known = expressions.known(s.condition());
        if (known.isPresent()) {
            if (known.get()) {
                return bind(s.then());
            }
            return s.otherwise().isPresent() ? bind(s.otherwise().get()) : new BoundStatement.Nothing(s.span());
        }
        BoundExpression condition = expressions.bind(s.condition());
        return new BoundStatement.If(condition, bind(s.then()),
                s.otherwise().isPresent() ? Optional.of(bind(s.otherwise().get())) : Optional.empty(), s.span());
    }

    private BoundStatement loop(Statement.While s) {
        Optional<Boolean> known = expressions.known(s.condition());
        if (known.isPresent() && !known.get()) {
            return new BoundStatement.Nothing(s.span());
        }
        return new BoundStatement.Loop(false, Optional.empty(), Optional.of(expressions.bind(s.condition())), Optional.empty(),
                bind(s.body()), s.span());
    }

    private BoundStatement foreach(Statement.Foreach s) {
        Optional<Variable> array = Optional.empty();
        Optional<BoundExpression> histogram = Optional.empty();
        switch (s.array()) {
            case Expression.Symbol symbol -> array = Optional.of(expressions.array(symbol.name(), s.indexes().size(), symbol.span()));
            case Expression.Histogram h -> {
                histogram = Optional.of(expressions.histogram(h));
                if (s.indexes().size() != 1) {
                    throw new DiagnosticException(Diagnostic.semanticError("histogram-index",
                            "a histogram has one index, the number of a bucket", s.indexes().get(1).span()));
                }
            }
            default -> throw new DiagnosticException(Diagnostic.semanticError("foreach-array",
                    "foreach needs an array or a histogram", s.array().span()));
        }
        List<Variable> keys = new ArrayList<>();
        for (Expression.Symbol index : s.indexes()) {
            keys.add(expressions.scalar(index));
        }
        Optional<Variable> value = s.value().isPresent() ? Optional.of(expressions.scalar(s.value().get())) : Optional.empty();
        List<Optional<BoundExpression>> slices = new ArrayList<>();
        for (Optional<Expression> slice : s.slices()) {
            slices.add(expressions.bind(slice));
        }
        if (!slices.isEmpty() && slices.size() != keys.size()) {
            throw new DiagnosticException(Diagnostic.semanticError("foreach-slice", "the slice has " + slices.size()
                    + " keys, but the loop has " + keys.size(), s.array().span()));
        }
        Optional<BoundExpression> limit = expressions.bind(s.limit());
        return new BoundStatement.Foreach(keys, value, array, histogram, slices, sort(s, array), limit, bind(s.body()),
                s.span());
    }

    private Optional<Stmt.Sort> sort(Statement.Foreach s, Optional<Variable> array) {
        if (s.sort().isEmpty()) {
            return Optional.empty();
        }
        Statement.Sort sort = s.sort().get();
        Optional<StatKind> extractor = Optional.empty();
        if (sort.extractor().isPresent()) {
            if (array.isEmpty()) {
                throw new DiagnosticException(Diagnostic.semanticError("type-mismatch",
                        "invalid type long: the buckets of a histogram are sorted as statistics", s.array().span()));
            }
            extractor = Optional.of(switch (sort.extractor().get()) {
                case COUNT -> StatKind.COUNT;
                case SUM -> StatKind.SUM;
                case MIN -> StatKind.MIN;
                case MAX -> StatKind.MAX;
                case AVG -> StatKind.AVG;
                case VARIANCE -> StatKind.VARIANCE;
            });
            array.get().extractors.add(extractor.get());
        }
        return Optional.of(new Stmt.Sort(sort.column(), sort.direction() == Statement.Direction.DESCENDING, extractor));
    }

    private BoundStatement delete(Statement.Delete s) {
        return switch (s.target()) {
            case Expression.Symbol symbol -> new BoundStatement.Delete(expressions.wholeVariable(symbol), new BoundExpression[0],
                    symbol.span());
            case Expression.Index index when index.base() instanceof Expression.Symbol -> {
                BoundExpression.ElementUse element = expressions.element(index);
                yield new BoundStatement.Delete(element.variable, element.keys, element.span);
            }
            default -> {
                Span at = s.target().span();
                throw new DiagnosticException(Diagnostic.semanticError("delete-operand",
                        "invalid operand of delete expression", at).seeing(expressions.bind(s.target()).saw()));
            }
        };
    }
}
