package org.jstap.compiler.analysis;

import java.util.Optional;
import org.jstap.compiler.program.Type;
import org.jstap.language.source.Span;

/** The type of a variable, key or function result: unknown until some use determines it, and then for good. */
final class Typing {
    private Type type = Type.VOID;
    private Optional<Span> where = Optional.empty();
    private String saw = "";

    Type type() {
        return type;
    }

    boolean known() {
        return type != Type.VOID;
    }

    /** The place that determined the type. */
    Optional<Span> where() {
        return where;
    }

    /** What stands at that place, as {@code identifier 'a'}. */
    String saw() {
        return saw;
    }

    void determine(Type found, Span at, String what) {
        type = found;
        where = Optional.of(at);
        saw = what;
    }
}
