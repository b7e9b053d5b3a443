package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.analysis.BoundExpression.ContextValue;
import org.jstap.compiler.analysis.BoundExpression.IntrinsicUse;
import org.jstap.compiler.analysis.BoundExpression.PrettyText;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.probe.ProbeContext;
import org.jstap.compiler.program.Expr;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.PrintFormat.Named;
import org.jstap.language.source.Span;

/**
 * {@code $$parms} of a handler that runs at many functions: what each of them is called with differs, the code does not. So one
 * program serves all of them, however many parameters they have; it takes the words in which parameters are passed, and the number of
 * the function tells what they mean.
 */
final class SiteSummary {
    /** Words that every function is passed in registers, on each processor: those of others can be taken without harm. */
    static final int REGISTERS = 6;

    private final List<List<Named>> texts = new ArrayList<>();
    private final PrettyText text;
    private final Span at;

    /** @param text of the first function by itself */
    SiteSummary(PrettyText text, List<Named> first, Span at) {
        this.text = text;
        this.at = at;
        texts.add(first);
    }

    /** The parameters of a site, where their names and sizes are all that tells its code from that of other sites. */
    static Optional<List<Named>> names(ProbeContext context, Targets targets, Span at) {
        List<Named> names = new ArrayList<>();
        for (ProbeContext.Argument argument : context.arguments()) {
            CTypes c = targets.types(at);
            int size = c.isScalar(argument.type()) ? c.btf().sizeOf(argument.type()) : 0;
            // What takes more or less than one word moves those behind it.
            if (size != 1 && size != 2 && size != 4 && size != 8) {
                return Optional.empty();
            }
            names.add(new Named(argument.name(), size, size < Long.BYTES && c.isSigned(argument.type())));
        }
        return Optional.of(names.isEmpty() && !context.missing().isEmpty() ? List.of(new Named("?", 0, false)) : names);
    }

    PrettyText text() {
        return text;
    }

    /** One more function, which gets the next number. */
    void add(SiteSummary other) {
        texts.add(other.texts.getFirst());
    }

    /** Says what the text is made from, once all functions are known. */
    void complete() {
        boolean same = true;
        int values = 0;
        for (List<Named> names : texts) {
            same &= names.equals(texts.getFirst());
            values = Math.max(values, count(names));
        }
        if (same) {
            return;
        }
        BoundExpression[] arguments = new BoundExpression[1 + values];
        arguments[0] = new IntrinsicUse(Intrinsic.SITE, new BoundExpression[0], at);
        for (int i = 0; i < values; i++) {
            arguments[1 + i] = new ContextValue(new Expr.Argument(i, "parameter" + (i + 1), Long.BYTES, false, "unsigned long", 0, at), at);
        }
        text.format = new PrintFormat(List.of(new PrintFormat.Choice(texts, values)));
        text.arguments = arguments;
    }

    private static int count(List<Named> names) {
        int count = 0;
        for (Named named : names) {
            count += named.isValue() ? 1 : 0;
        }
        return count;
    }
}
