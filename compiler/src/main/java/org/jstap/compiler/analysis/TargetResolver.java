package org.jstap.compiler.analysis;

import java.util.Optional;
import org.jstap.language.tree.Expression;

/** Turns expressions on the probed context ({@code $x->y}, {@code @cast}, …) into bound ones, for one probe site or function. */
interface TargetResolver {
    /** Whether the place has a context at all; a {@code begin} probe has none. */
    boolean hasContext();

    /**
     * Resolves one of {@link Expression.TargetVariable}, {@link Expression.Cast}, {@link Expression.Autocast},
     * {@link Expression.VariableReference}, {@link Expression.Entry}, {@link Expression.Constant},
     * {@link Expression.Dereference} or {@link Expression.Register}.
     *
     * @param binder binds the ordinary expressions inside
     * @param write  whether it is assigned to
     * @return a place or value, or {@link BoundExpression.Unresolved}
     */
    BoundExpression resolve(Expression expression, ExpressionBinder binder, boolean write);

    /**
     * What an assignment to a target variable means that a function sets; empty for all other assignments.
     *
     * @throws org.jstap.language.diagnostic.DiagnosticException where the script may not set it
     */
    Optional<Expression> setting(Expression.Assignment assignment);

    /** Whether an expression would resolve; empty for what is no target expression. */
    Optional<Boolean> defined(Expression expression, ExpressionBinder binder);

    /** Notes that a script variable was given the value of an expression, whose C type it then has. */
    void assigned(Variable variable, Expression value, ExpressionBinder binder);
}
