package org.jstap.compiler.probe;

import java.util.List;
import java.util.OptionalInt;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.ProbePoint;

/** {@code kernel.statement(address).absolute}; statements by source line are refused. */
final class StatementKind implements ProbeKind {
    @Override
    public List<String> words() {
        return List.of("kernel", "module");
    }

    @Override
    public boolean claims(ProbePoint point) {
        List<ProbePoint.Component> parts = point.components();
        return parts.size() > 1 && words().contains(parts.getFirst().name()) && parts.get(1).name().equals("statement");
    }

    @Override
    public List<Found> resolve(ProbePoint point, KernelView kernel) {
        List<ProbePoint.Component> parts = point.components();
        ProbePoint.Component statement = parts.get(1);
        if (statement.argument().isPresent() && statement.argument().get() instanceof Expression.StringLiteral text) {
            int sign = text.value().indexOf('@');
            String name = sign < 0 ? text.value() : text.value().substring(0, sign);
            throw Points.error("unsupported-probe", "statements of the kernel by source line can be found by debuginfo only, which"
                    + " jstap does not use", statement, "probe the function: "
                    + parts.getFirst().asText() + ".function(" + ProcessGuards.quoted(name) + "), or one of its instructions by its"
                    + " address: kernel.statement(0xffffffff81000000).absolute");
        }
        if (parts.getFirst().name().equals("module") || parts.size() < 3) {
            throw Points.error("unsupported-probe", "which address an offset in debuginfo means is known to debuginfo only, which jstap"
                    + " does not use", statement, "give the address that /proc/kallsyms has:"
                    + " kernel.statement(0xffffffff81000000).absolute");
        }
        Points.noArgument(parts.getFirst());
        if (!parts.get(2).name().equals("absolute")) {
            throw Points.unknown(parts.get(2), List.of("absolute"));
        }
        Points.noArgument(parts.get(2));
        Points.end(point, 3);
        long address = DataKind.ofKernel(Points.number(statement), statement);
        ProbeSite site = new ProbeSite.Statement("kernel.statement(0x" + Long.toHexString(address) + ").absolute", address);
        return List.of(new Found(site, new ProbeContext(true, List.of(), OptionalInt.empty(),
                "what an instruction has at hand can be found by debuginfo only, which jstap does not use")));
    }
}
