package org.jstap.compiler.kernel.transform;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jstap.compiler.host.function.MatchErrors;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Expr.ArithmeticOp;
import org.jstap.compiler.program.Expr.ComparisonOp;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.Type;
import org.jstap.compiler.regex.Regex;

/**
 * What {@code matched()} and {@code ngroups()} tell goes into variables of the handler where it is matched. All groups are written;
 * those that nobody reads are taken away as other dead code is. Where it is known which match an answer is about, and that it was
 * one, the answer is that match's own variable. Else it is one that each match sets.
 */
final class MatchGroups extends OpRewriter {
    private static final Set<Intrinsic> ANSWERS = EnumSet.of(Intrinsic.MATCHED, Intrinsic.MATCHED_STR, Intrinsic.NGROUPS);

    private final List<Variable> variables;
    private final List<String> regexes;
    /** How many groups the last match has; 0 where nothing was found, or nothing was sought yet. */
    private final Variable count;
    /** What they are. */
    private final List<Variable> last = new ArrayList<>();
    /** The groups of the last match, where it is known that there was one. */
    private Optional<List<Variable>> known = Optional.empty();

    private MatchGroups(Code code, List<String> regexes) {
        this.variables = new ArrayList<>(code.variables());
        this.regexes = regexes;
        this.count = added(Type.LONG);
    }

    /**
     * @param code of a handler, with its functions in place
     * @return the same object where nobody asks for groups, or a function that calls itself may do so
     */
    static Code apply(Code code, List<Code> functions, List<String> regexes) {
        boolean[] found = new boolean[2];
        OpFinder.visit(code.body(), op -> {
            found[0] |= asks(op);
            found[1] |= op instanceof Op.Call;
        });
        if (found[1]) {
            for (Code function : functions) {
                OpFinder.visit(function.body(), op -> found[0] |= asks(op));
            }
        }
        return found[0] && !found[1] ? new MatchGroups(code, regexes).apply(code) : code;
    }

    private static boolean asks(Op op) {
        return op instanceof Op.CallIntrinsic call && ANSWERS.contains(call.intrinsic());
    }

    private Code apply(Code code) {
        int most = 0;
        for (String regex : regexes) {
            most = Math.max(most, groups(regex));
        }
        for (int i = 0; i < most; i++) {
            last.add(added(Type.STRING));
        }
        Region body = region(code.body());
        return new Code(code.name(), code.parameters(), variables, code.result(), body, code.span());
    }

    private Variable added(Type type) {
        Variable variable = new Variable(variables.size(), "t" + variables.size(), type);
        variables.add(variable);
        return variable;
    }

    private static int groups(String regex) {
        return Regex.compile(regex) instanceof Regex.Compiled(var matcher) ? matcher.groups() : 0;
    }

    private static boolean matches(Op op) {
        boolean[] found = new boolean[1];
        OpFinder.visit(List.of(op), inner -> found[0] |= inner instanceof Op.Match);
        return found[0];
    }

    @Override
    protected Region region(Region region) {
        List<Op> ops = new ArrayList<>(region.ops().size());
        for (int i = 0; i < region.ops().size(); i++) {
            Op op = region.ops().get(i);
            IrWriter out = new IrWriter(variables, op.span());
            if (op instanceof Op.Match match) {
                List<Variable> groups = match(match, out);
                known = Optional.empty();
                ops.addAll(out.ops());
                if (i + 1 < region.ops().size() && region.ops().get(i + 1) instanceof Op.If branch
                        && branch.condition().equals(match.to())) {
                    ops.add(branch(branch, Optional.of(groups)));
                    i++;
                }
            } else if (op instanceof Op.CallIntrinsic call && ANSWERS.contains(call.intrinsic())) {
                answer(call, out);
                ops.addAll(out.ops());
            } else if (op instanceof Op.If branch) {
                ops.add(branch(branch, known));
            } else {
                boolean changes = matches(op);
                Optional<List<Variable>> before = changes ? Optional.empty() : known;
                known = before;
                ops.add(rewrite(op));
                known = before;
            }
        }
        return new Region(ops);
    }

    /** @param groups known where the condition holds */
    private Op branch(Op.If branch, Optional<List<Variable>> groups) {
        Optional<List<Variable>> before = known;
        known = groups;
        Region then = region(branch.then());
        known = before;
        Region otherwise = region(branch.otherwise());
        known = matches(branch) ? Optional.empty() : before;
        return new Op.If(branch.condition(), then, otherwise, branch.span());
    }

    private List<Variable> match(Op.Match match, IrWriter out) {
        int size = groups(regexes.get(match.regex()));
        List<Op.Group> groups = new ArrayList<>(size);
        List<Variable> own = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Variable group = out.fresh(Type.STRING);
            own.add(group);
            groups.add(new Op.Group(i, group));
        }
        out.add(new Op.Capture(match.to(), match.regex(), match.text(), groups, match.span()));
        out.add(new Op.Arithmetic(count, ArithmeticOp.MUL, match.to(), IrWriter.number(size), match.span()));
        for (int i = 0; i < size; i++) {
            out.move(last.get(i), own.get(i));
        }
        return own;
    }

    private void answer(Op.CallIntrinsic call, IrWriter out) {
        boolean counts = call.intrinsic() == Intrinsic.NGROUPS;
        Variable to = call.to().isPresent() ? call.to().get() : out.fresh(call.intrinsic().result());
        Operand group = call.intrinsic() == Intrinsic.MATCHED ? call.arguments().getFirst() : IrWriter.ZERO;
        if (known.isEmpty()) {
            Operand asked = counts ? IrWriter.text(MatchErrors.COUNT) : group;
            out.branch(out.compare(ComparisonOp.EQ, count, IrWriter.ZERO),
                    () -> fail(MatchErrors.ASKED, asked, MatchErrors.NOT_FOUND, out), () -> { });
        }
        if (counts) {
            out.move(to, known.isPresent() ? IrWriter.number(known.get().size()) : count);
        } else if (group instanceof Operand.Number number) {
            group(to, number.value(), out);
        } else {
            anyGroup(to, group, out);
        }
    }

    /** Known to be one of the groups, or not, but for how many the last match has. */
    private void group(Variable to, long group, IrWriter out) {
        List<Variable> groups = known.orElse(last);
        if (group < 0 || group >= groups.size()) {
            fail(MatchErrors.NO_SUCH, IrWriter.number(group), "", out);
            // Nothing comes here, but every variable that is read is to be written.
            out.move(to, IrWriter.EMPTY);
            return;
        }
        if (known.isEmpty() && group > 0) {
            out.branch(out.compare(ComparisonOp.LE, count, IrWriter.number(group)),
                    () -> fail(MatchErrors.NO_SUCH, IrWriter.number(group), "", out), () -> { });
        }
        out.move(to, groups.get((int) group));
    }

    private void anyGroup(Variable to, Operand group, IrWriter out) {
        List<Variable> groups = known.orElse(last);
        Operand size = known.isPresent() ? IrWriter.number(groups.size()) : count;
        // What is computed for the result may be written to the variable that was asked by.
        Variable asked = out.copy(group);
        out.branch(out.compare(ComparisonOp.LT, asked, IrWriter.ZERO), () -> fail(MatchErrors.NO_SUCH, asked, "", out), () -> { });
        out.branch(out.compare(ComparisonOp.GE, asked, size), () -> fail(MatchErrors.NO_SUCH, asked, "", out), () -> { });
        out.move(to, IrWriter.EMPTY);
        for (int i = 0; i < groups.size(); i++) {
            Variable one = groups.get(i);
            out.branch(out.compare(ComparisonOp.EQ, asked, IrWriter.number(i)), () -> out.move(to, one), () -> { });
        }
    }

    private static void fail(String before, Operand asked, String behind, IrWriter out) {
        Operand text;
        if (asked instanceof Variable) {
            Variable made = out.fresh(Type.STRING);
            out.format(made, List.of(new PrintFormat.Literal(before), IrWriter.plain('d'), new PrintFormat.Literal(behind)),
                    List.of(asked));
            text = made;
        } else {
            String said = asked instanceof Operand.Text word ? word.value() : asked.toString();
            text = IrWriter.text(before + said + behind);
        }
        out.add(new Op.CallIntrinsic(Optional.empty(), Intrinsic.ERROR, List.of(text), out.span()));
    }
}
