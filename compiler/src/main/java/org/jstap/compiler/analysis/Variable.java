package org.jstap.compiler.analysis;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jstap.compiler.program.Constant;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.HistogramShape;
import org.jstap.compiler.program.Local;
import org.jstap.compiler.program.StatKind;
import org.jstap.compiler.program.Type;
import org.jstap.language.source.Span;

/** A variable while its shape is being found: how many keys, of which types. {@link Type#VOID} is a type not known yet. */
final class Variable {
    /** Not used as an array and not as a scalar yet. */
    static final int ARITY_UNKNOWN = -1;

    enum Kind { GLOBAL, LOCAL, PARAMETER }

    final Kind kind;
    final String name;
    final Span span;
    final Typing type = new Typing();

    int arity = ARITY_UNKNOWN;
    Typing[] keys = {};

    // Of globals only.
    boolean isPrivate;
    /** Made by analysis, for the elements of the running thread. */
    boolean hidden;
    OptionalInt size = OptionalInt.empty();
    boolean wrap;
    Optional<Constant> initial = Optional.empty();
    final Set<StatKind> extractors = EnumSet.noneOf(StatKind.class);
    OptionalInt bitShift = OptionalInt.empty();
    Optional<HistogramShape> histogram = Optional.empty();

    // What emission made of it.
    Global emittedGlobal;
    Local emittedLocal;

    Variable(Kind kind, String name, Span span) {
        this.kind = kind;
        this.name = name;
        this.span = span;
        if (kind != Kind.GLOBAL) {
            arity = 0;
        }
    }

    boolean isGlobal() {
        return kind == Kind.GLOBAL;
    }

    boolean isLibrary() {
        return hidden || span.file().library();
    }

    /** Makes it a scalar (0) or an array; false where it already is something else. */
    boolean fixArity(int wanted) {
        if (arity == ARITY_UNKNOWN) {
            arity = wanted;
            keys = new Typing[wanted];
            for (int i = 0; i < wanted; i++) {
                keys[i] = new Typing();
            }
        }
        return arity == wanted;
    }

    /** Name for messages about statistics: globals of scripts carry a prefix there, as in SystemTap. */
    String statisticName() {
        return "__global_" + name;
    }
}
