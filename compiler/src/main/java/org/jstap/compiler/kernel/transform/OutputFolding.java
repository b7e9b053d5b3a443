package org.jstap.compiler.kernel.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Output;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Uses;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Type;

/**
 * Lets the host make text: a formatted string, or the result of a pure function, that is only printed becomes part of the print, so
 * that the kernel records the numbers it is made from.
 */
final class OutputFolding {
    private final Uses uses;
    private final Map<Variable, Output.Argument> pending = new HashMap<>();
    private boolean changed;

    private OutputFolding(Uses uses) {
        this.uses = uses;
    }

    static Code apply(Code code) {
        OutputFolding folding = new OutputFolding(Uses.of(code));
        Region body = folding.new Folder().region(code.body());
        return folding.changed ? new Code(code.name(), code.parameters(), code.variables(), code.result(), body, code.span()) : code;
    }

    private final class Folder extends OpRewriter {
        @Override
        protected Region region(Region region) {
            Map<Variable, Output.Argument> outer = new HashMap<>(pending);
            pending.clear();
            List<Op> ops = new ArrayList<>();
            for (Op op : region.ops()) {
                Op now = rewrite(op);
                // A format that is not folded in the end is made in the kernel, from values.
                ops.add(now instanceof Op.Format ? op : now);
                forget(now);
                remember(now);
            }
            pending.clear();
            pending.putAll(outer);
            return new Region(ops);
        }

        @Override
        protected Output output(Output output) {
            List<Output.Argument> arguments = new ArrayList<>();
            for (Output.Argument argument : output.arguments()) {
                if (argument instanceof Output.Value value && value.operand() instanceof Variable variable
                        && pending.containsKey(variable)) {
                    changed = true;
                    arguments.add(pending.get(variable));
                } else {
                    arguments.add(argument);
                }
            }
            return new Output(output.format(), arguments);
        }
    }

    private void remember(Op op) {
        switch (op) {
            case Op.Format format when uses.reads(format.to()) == 1 && uses.definitions(format.to()) == 1 ->
                pending.put(format.to(), new Output.Nested(format.output()));
            case Op.CallIntrinsic call when call.to().isPresent() && deferrable(call.intrinsic())
                    && uses.definitions(call.to().get()) == 1 ->
                pending.put(call.to().get(), new Output.Deferred(call.intrinsic(), call.arguments()));
            default -> { }
        }
    }

    /** A date can be out of range, and that is an error of the handler, not of its output. */
    private static boolean deferrable(Intrinsic intrinsic) {
        boolean ofSite = intrinsic == Intrinsic.PROBEFUNC || intrinsic == Intrinsic.PP;
        return ofSite || intrinsic.pure() && intrinsic.result() == Type.STRING && intrinsic != Intrinsic.CTIME;
    }

    /** What {@code op} writes changes the arguments of what is pending. */
    private void forget(Op op) {
        if (pending.isEmpty()) {
            return;
        }
        Set<Variable> written = new HashSet<>();
        new OpRewriter() {
            @Override
            protected Variable define(Variable variable) {
                written.add(variable);
                return variable;
            }
        }.rewrite(op);
        pending.values().removeIf(argument -> reads(argument, written));
    }

    private static boolean reads(Output.Argument argument, Set<Variable> written) {
        return switch (argument) {
            case Output.Value value -> contains(value.operand(), written);
            case Output.Nested nested -> {
                for (Output.Argument inner : nested.output().arguments()) {
                    if (reads(inner, written)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Output.Deferred deferred -> {
                for (Operand operand : deferred.operands()) {
                    if (contains(operand, written)) {
                        yield true;
                    }
                }
                yield false;
            }
        };
    }

    private static boolean contains(Operand operand, Set<Variable> written) {
        return operand instanceof Variable variable && written.contains(variable);
    }
}
