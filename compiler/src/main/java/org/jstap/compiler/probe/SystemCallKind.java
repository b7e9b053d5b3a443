package org.jstap.compiler.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.compiler.syscall.SystemCallTapset;
import org.jstap.ebpf.btf.Btf;
import org.jstap.ebpf.btf.BtfKind;
import org.jstap.ebpf.btf.BtfType;
import org.jstap.language.tree.ProbePoint;

/**
 * What the aliases of system calls lead to: {@code __syscall("NUMBERS TEXT")}, with {@code .return}. One program at the tracepoint
 * sys_enter or sys_exit serves all the numbers; the text is what {@code pp()} returns.
 */
public final class SystemCallKind implements ProbeKind {
    private static final String ENTRY = "sys_enter";
    private static final String EXIT = "sys_exit";
    private static final String RETURN = ".return";

    SystemCallKind() { }

    /** The entry of the calls at whose return a point is; empty for a point at an entry. */
    public static Optional<ResolvedPoint> entry(ResolvedPoint point, KernelView kernel) {
        if (!(point.site() instanceof ProbeSite.Tracepoint exit) || !exit.name().equals(EXIT) || kernel.btf().isEmpty()) {
            return Optional.empty();
        }
        String text = exit.text().endsWith(RETURN) ? exit.text().substring(0, exit.text().length() - RETURN.length()) : exit.text();
        Found entry = found(text, ENTRY, exit.filter(), kernel.btf().get());
        return Optional.of(new ResolvedPoint(point.name(), entry.site(), entry.context(), List.of(), List.of(), List.of(),
                point.written()));
    }

    @Override
    public List<String> words() {
        return List.of();
    }

    @Override
    public boolean claims(ProbePoint point) {
        return point.components().getFirst().name().equals(SystemCallTapset.POINT);
    }

    @Override
    public List<Found> resolve(ProbePoint point, KernelView kernel) {
        String argument = Points.text(point.components().getFirst());
        boolean isReturn = false;
        for (ProbePoint.Component part : point.components().subList(1, point.components().size())) {
            switch (part.name()) {
                case "return" -> isReturn = true;
                // Returns are seen at a tracepoint, which has no limit of calls under way.
                case "maxactive" -> Points.number(part);
                case "call" -> Points.noArgument(part);
                default -> throw Points.unknown(part, List.of("return", "maxactive"));
            }
        }
        int blank = argument.indexOf(' ');
        List<Integer> numbers = new ArrayList<>();
        for (String number : argument.substring(0, blank).split(",")) {
            numbers.add(Integer.parseInt(number));
        }
        numbers.sort(null);
        String text = argument.substring(blank + 1);
        String name = isReturn ? EXIT : ENTRY;
        Optional<Btf> btf = kernel.btf();
        if (btf.isEmpty()) {
            throw Points.error("no-btf", "the kernel has no type information (BTF) to find the arguments of system calls in",
                    point.components().getFirst());
        }
        return List.of(found(text, name, Optional.of(new ProbeSite.SystemCallFilter(numbers, status(btf.get()))), btf.get()));
    }

    private static Found found(String text, String name, Optional<ProbeSite.SystemCallFilter> filter, Btf btf) {
        OptionalInt typedef = btf.find(BtfKind.TYPEDEF, TracepointKind.TYPEDEF + name);
        List<ProbeContext.Argument> arguments = TracepointKind.arguments(name, typedef, btf);
        ProbeSite site = new ProbeSite.Tracepoint(text, name, typedef, arguments.size(), filter);
        return new Found(site, new ProbeContext(true, arguments, OptionalInt.empty(), ""));
    }

    /** {@code task_struct.thread_info.status} on x86; {@code .flags} on aarch64. */
    private static OptionalInt status(Btf btf) {
        String field = System.getProperty("os.arch").equals("aarch64") ? "flags" : "status";
        OptionalInt task = btf.find(BtfKind.STRUCT, "task_struct");
        if (task.isEmpty()) {
            return OptionalInt.empty();
        }
        Optional<BtfType.Member> info = member(btf, task.getAsInt(), "thread_info");
        Optional<BtfType.Member> status = info.isEmpty() ? Optional.empty() : member(btf, info.get().type(), field);
        return status.isEmpty() ? OptionalInt.empty()
                : OptionalInt.of((int) ((info.get().bitOffset() + status.get().bitOffset()) / 8));
    }

    private static Optional<BtfType.Member> member(Btf btf, int struct, String name) {
        if (btf.type(btf.skipModifiers(struct)) instanceof BtfType.Composite composite) {
            for (BtfType.Member member : composite.members()) {
                if (member.name().equals(name)) {
                    return Optional.of(member);
                }
            }
        }
        return Optional.empty();
    }
}
