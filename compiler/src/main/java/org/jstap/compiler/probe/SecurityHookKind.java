package org.jstap.compiler.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.ProbePoint;
import org.jstap.symbols.Glob;
import org.jstap.symbols.NearNames;

/**
 * {@code kernel.lsm("HOOK")}, with {@code .return}: where the kernel asks its security modules. The function that asks them is
 * probed, so that the kernel need not have started with BPF as one of them.
 */
final class SecurityHookKind implements ProbeKind {
    private static final String PREFIX = "security_";
    /** Their functions have shorter names. */
    private static final String ON_EXEC = "bprm_check_security";
    private static final String ON_EXEC_FUNCTION = "bprm_check";

    private final FunctionKind functions = new FunctionKind();

    @Override
    public List<String> words() {
        return List.of("kernel");
    }

    @Override
    public boolean claims(ProbePoint point) {
        List<ProbePoint.Component> parts = point.components();
        return parts.size() > 1 && parts.getFirst().name().equals("kernel") && parts.get(1).name().equals("lsm");
    }

    @Override
    public List<Found> resolve(ProbePoint point, KernelView kernel) {
        ProbePoint.Component hook = point.components().get(1);
        String pattern = Points.text(hook);
        String name = PREFIX + (pattern.equals(ON_EXEC) ? ON_EXEC_FUNCTION : pattern);
        if (kernel.functions("", name, "").isEmpty()) {
            throw nothing(pattern, hook, kernel);
        }
        List<ProbePoint.Component> parts = new ArrayList<>(point.components());
        parts.set(1, new ProbePoint.Component("function", Optional.of(new Expression.StringLiteral(name, name, hook.span())),
                hook.span()));
        return functions.resolve(new ProbePoint(parts, point.optional(), point.sufficient(), point.condition(), point.span()), kernel);
    }

    private static RuntimeException nothing(String pattern, ProbePoint.Component at, KernelView kernel) {
        List<String> hooks = new ArrayList<>();
        for (String function : kernel.functionNames()) {
            if (function.startsWith(PREFIX)) {
                hooks.add(function.substring(PREFIX.length()));
            }
        }
        List<String> near = Glob.isPattern(pattern) ? List.of() : NearNames.find(pattern, hooks, 5);
        return Points.error("no-hook", hooks.isEmpty() ? "this kernel is built without security modules"
                : "this kernel asks its security modules nothing that matches '" + pattern + "'"
                + (near.isEmpty() ? "" : " (similar: " + String.join(", ", near) + ")"), at);
    }
}
