package org.jstap.compiler.kernel.transform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Type;
import org.jstap.language.source.Span;

/**
 * Puts the bodies of functions in the place of their calls: a call between eBPF functions passes five numbers and no strings, and
 * what follows can look through the whole handler. A function that calls itself stays a call.
 */
final class Inliner {
    private final List<Code> functions;
    private final List<Variable> variables;
    private final BitSet recursive;
    private final int nesting;
    private int labels;
    /** Calls that what is being expanded stands in. */
    private int depth;

    private Inliner(List<Code> functions, Code code, int nesting) {
        this.nesting = nesting;
        this.functions = functions;
        this.recursive = recursive(functions);
        this.variables = new ArrayList<>(code.variables());
    }

    /** The functions that call themselves, by way of others too. */
    private static BitSet recursive(List<Code> functions) {
        List<BitSet> calls = new ArrayList<>();
        for (Code function : functions) {
            BitSet called = new BitSet();
            OpFinder.visit(function.body(), op -> {
                if (op instanceof Op.Call call) {
                    called.set(call.function());
                }
            });
            calls.add(called);
        }
        BitSet recursive = new BitSet();
        for (int function = 0; function < functions.size(); function++) {
            BitSet reached = (BitSet) calls.get(function).clone();
            int before;
            do {
                before = reached.cardinality();
                for (int next = reached.nextSetBit(0); next >= 0; next = reached.nextSetBit(next + 1)) {
                    reached.or(calls.get(next));
                }
            } while (reached.cardinality() > before);
            recursive.set(function, reached.get(function));
        }
        return recursive;
    }

    /** @param nesting calls that may be inside one another; a deeper one is an error when the handler comes to it */
    static Code inline(Code code, List<Code> functions, int nesting) {
        Inliner inliner = new Inliner(functions, code, nesting);
        Map<Integer, Integer> labels = new HashMap<>();
        Region body = inliner.new Expander(Map.of(), labels, Optional.empty(), Optional.empty()).region(code.body());
        return new Code(code.name(), code.parameters(), inliner.variables, code.result(), body, code.span());
    }

    private Variable fresh(Variable like) {
        Variable variable = new Variable(variables.size(), like.name() + "." + variables.size(), like.type());
        variables.add(variable);
        return variable;
    }

    /** Where a function's result goes and how it is left. */
    private record Exit(Optional<Variable> result, int label) { }

    /** Renames the variables and labels of one body and expands the calls in it. */
    private final class Expander extends OpRewriter {
        private final Map<Variable, Variable> names;
        private final Map<Integer, Integer> labelNames;
        private final Optional<Exit> exit;
        /** The call of what is expanded. */
        private final Optional<Span> call;

        Expander(Map<Variable, Variable> names, Map<Integer, Integer> labelNames, Optional<Exit> exit, Optional<Span> call) {
            this.call = call;
            this.names = names;
            this.labelNames = labelNames;
            this.exit = exit;
        }

        @Override
        protected Operand use(Operand operand) {
            return operand instanceof Variable variable ? define(variable) : operand;
        }

        @Override
        protected Variable define(Variable variable) {
            return names.getOrDefault(variable, variable);
        }

        @Override
        protected int label(int label) {
            return labelNames.computeIfAbsent(label, _ -> labels++);
        }

        @Override
        protected Span span(Span span) {
            return call.isPresent() ? span.calledFrom(call.get()) : span;
        }

        @Override
        protected Region region(Region region) {
            List<Op> ops = new ArrayList<>();
            for (Op op : region.ops()) {
                switch (op) {
                    case Op.Call call when recursive.get(call.function()) -> ops.add(rewrite(call));
                    case Op.Call call when depth >= nesting -> tooDeep(call, ops);
                    case Op.Call call -> {
                        depth++;
                        expand(call, ops);
                        depth--;
                    }
                    case Op.Return leave when exit.isPresent() -> {
                        result(leave, ops);
                        ops.add(new Op.LeaveScope(exit.get().label(), span(leave.span())));
                    }
                    default -> ops.add(rewrite(op));
                }
            }
            return new Region(ops);
        }

        private void result(Op.Return leave, List<Op> ops) {
            if (exit.get().result().isPresent() && leave.value().isPresent()) {
                ops.add(new Op.Move(exit.get().result().get(), use(leave.value().get()), span(leave.span())));
            }
        }

        private void tooDeep(Op.Call call, List<Op> ops) {
            ops.add(new Op.CallIntrinsic(Optional.empty(), Intrinsic.ERROR, List.of(new Operand.Text("MAXNESTING exceeded")),
                    span(call.span())));
            // Nothing comes here, but every variable that is read is to be written.
            if (call.to().isPresent()) {
                Variable result = define(call.to().get());
                ops.add(new Op.Move(result, zero(result.type()), span(call.span())));
            }
        }

        private void expand(Op.Call call, List<Op> ops) {
            Code function = functions.get(call.function());
            Map<Variable, Variable> renamed = new HashMap<>();
            for (Variable variable : function.variables()) {
                renamed.put(variable, fresh(variable));
            }
            Availability availability = Availability.of(function);
            for (Variable variable : function.variables()) {
                if (!availability.alwaysWritten(variable)) {
                    ops.add(new Op.Move(renamed.get(variable), zero(variable.type()), span(call.span())));
                }
            }
            for (int i = 0; i < function.parameters().size(); i++) {
                ops.add(new Op.Move(renamed.get(function.parameters().get(i)), use(call.arguments().get(i)), span(call.span())));
            }
            Optional<Variable> result = call.to().isPresent() ? Optional.of(define(call.to().get())) : Optional.empty();
            body(function, renamed, result, ops, span(call.span()));
        }

        /** A single return at the very end needs no scope, which keeps straight code straight for the passes that follow. */
        private void body(Code function, Map<Variable, Variable> renamed, Optional<Variable> result, List<Op> ops, Span span) {
            List<Op> body = function.body().ops();
            boolean endsWithReturn = !body.isEmpty() && body.getLast() instanceof Op.Return;
            int label = labels++;
            Expander inner = new Expander(renamed, new HashMap<>(), Optional.of(new Exit(result, label)), Optional.of(span));
            if (result.isPresent() && !endsWithReturn) {
                ops.add(new Op.Move(result.get(), zero(result.get().type()), span));
            }
            Region front = inner.region(new Region(endsWithReturn ? body.subList(0, body.size() - 1) : body));
            List<Op> expanded = new ArrayList<>(front.ops());
            if (endsWithReturn) {
                inner.result((Op.Return) body.getLast(), expanded);
            }
            if (leaves(front, label)) {
                ops.add(new Op.Scope(label, new Region(expanded), span));
            } else {
                ops.addAll(expanded);
            }
        }
    }

    private static boolean leaves(Region region, int label) {
        boolean[] found = new boolean[1];
        new OpRewriter() {
            @Override
            public Op rewrite(Op op) {
                if (op instanceof Op.LeaveScope leave && leave.label() == label) {
                    found[0] = true;
                }
                return super.rewrite(op);
            }

            void look() {
                region(region);
            }
        }.look();
        return found[0];
    }

    private static Operand zero(Type type) {
        return type == Type.STRING ? new Operand.Text("") : new Operand.Number(0);
    }
}
