package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.language.source.Span;
import org.jstap.language.tree.Declaration.FunctionDeclaration;

/** A function while it is analysed: a declared one, or a stand-in for an intrinsic that {@code next} falls back on. */
final class Routine {
    final String name;
    final Span span;
    final Optional<FunctionDeclaration> declaration;
    final Optional<Intrinsic> intrinsic;
    final List<Variable> parameters = new ArrayList<>();
    final List<Variable> locals = new ArrayList<>();
    final Typing result = new Typing();

    BoundStatement body;
    /** The overload that {@code next} goes on with. */
    Optional<Routine> following = Optional.empty();
    OptionalInt id = OptionalInt.empty();

    Routine(FunctionDeclaration declaration) {
        this.name = declaration.name();
        this.span = declaration.nameSpan();
        this.declaration = Optional.of(declaration);
        this.intrinsic = Optional.empty();
    }

    Routine(Intrinsic intrinsic, Span span) {
        this.name = intrinsic.word();
        this.span = span;
        this.declaration = Optional.empty();
        this.intrinsic = Optional.of(intrinsic);
        for (int i = 0; i < intrinsic.parameters().size(); i++) {
            Variable parameter = new Variable(Variable.Kind.PARAMETER, "arg" + (i + 1), span);
            parameter.type.determine(intrinsic.parameters().get(i), span, Names.identifier(intrinsic.word()));
            parameters.add(parameter);
        }
    }

    int arity() {
        return declaration.isPresent() ? declaration.get().parameters().size() : intrinsic.orElseThrow().parameters().size();
    }

    boolean isLibrary() {
        return declaration.isEmpty() || span.file().library();
    }
}
