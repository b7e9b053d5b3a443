package org.jstap.compiler.kernel.transform;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;

/** Whether control stays within a run of operations, so that the host can do it alone. */
final class BlockChecks {
    private final HostNeeds needs;
    private final boolean mayLeave;
    private final boolean tried;

    private BlockChecks(HostNeeds needs, boolean mayLeave, boolean tried) {
        this.needs = needs;
        this.mayLeave = mayLeave;
        this.tried = tried;
    }

    /**
     * @param lastScopes scopes whose end is the handler's
     * @param mayLeave   whether the run may leave the handler
     * @param tried      whether an error would have to go to a {@code catch} of the kernel part
     * @return why the host cannot do it
     */
    static Optional<String> problem(List<Op> run, HostNeeds needs, Set<Integer> lastScopes, boolean mayLeave, boolean tried) {
        Set<Integer> scopes = new HashSet<>();
        if (mayLeave) {
            scopes.addAll(lastScopes);
        }
        return new BlockChecks(needs, mayLeave, tried).check(new Region(run), scopes, false);
    }

    private Optional<String> check(Region region, Set<Integer> scopes, boolean inLoop) {
        for (Op op : region.ops()) {
            Optional<String> problem = check(op, scopes, inLoop);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private Optional<String> check(Op op, Set<Integer> scopes, boolean inLoop) {
        if (tried && needs.mayFail(op)) {
            return Optional.of("an error in it would go to a 'catch' that is in the kernel");
        }
        return switch (op) {
            case Op.StoreMemory _ -> Optional.of("memory of the kernel is written with it");
            case Op.Break _, Op.Continue _ -> inLoop ? Optional.empty() : Optional.of("it decides about a loop that is in the kernel");
            case Op.LeaveScope o -> scopes.contains(o.label()) ? Optional.empty() : leaves();
            case Op.Return _, Op.LeaveHandler _ -> mayLeave ? Optional.empty() : leaves();
            case Op.If o -> {
                Optional<String> then = check(o.then(), scopes, inLoop);
                yield then.isPresent() ? then : check(o.otherwise(), scopes, inLoop);
            }
            case Op.Loop o -> check(o.body(), scopes, true);
            case Op.Foreach o -> check(o.body(), scopes, true);
            case Op.ForeachBucket o -> check(o.body(), scopes, true);
            case Op.Scope o -> {
                Set<Integer> more = new HashSet<>(scopes);
                more.add(o.label());
                yield check(o.body(), more, inLoop);
            }
            case Op.Try o -> {
                Optional<String> body = new BlockChecks(needs, mayLeave, false).check(o.body(), scopes, inLoop);
                yield body.isPresent() ? body : check(o.handler(), scopes, inLoop);
            }
            default -> Optional.empty();
        };
    }

    private static Optional<String> leaves() {
        return Optional.of("it decides how the handler goes on in the kernel");
    }

    /** A variable of the script by its name; a temporary of ours is a result. */
    static String nameOf(Variable variable) {
        boolean temporary = variable.name().length() > 1 && variable.name().charAt(0) == 't'
                && Character.isDigit(variable.name().charAt(1));
        int dot = variable.name().indexOf('.');
        return temporary ? "its result" : "'" + (dot < 0 ? variable.name() : variable.name().substring(0, dot)) + "'";
    }
}
