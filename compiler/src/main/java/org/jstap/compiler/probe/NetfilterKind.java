package org.jstap.compiler.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.ebpf.btf.Btf;
import org.jstap.ebpf.btf.BtfKind;
import org.jstap.ebpf.btf.BtfType;
import org.jstap.ebpf.btf.Field;
import org.jstap.language.diagnostic.Suggestions;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.ProbePoint;

/** {@code netfilter.hook("NAME").pf("NAME")} with {@code .priority("N")}, the parts in any order. */
final class NetfilterKind implements ProbeKind {
    private static final List<String> PARTS = List.of("hook", "pf", "priority");
    /** What the kernel hands to the program: its members are the words of the context. */
    private static final String CONTEXT = "bpf_nf_ctx";

    @Override
    public List<String> words() {
        return List.of("netfilter");
    }

    @Override
    public List<Found> resolve(ProbePoint point, KernelView kernel) {
        ProbePoint.Component head = point.components().getFirst();
        Points.noArgument(head);
        ProbePoint.Component pf = part(point, "pf");
        ProbePoint.Component hook = part(point, "hook");
        Optional<ProbePoint.Component> priority = Optional.empty();
        for (ProbePoint.Component part : point.components().subList(1, point.components().size())) {
            if (!PARTS.contains(part.name())) {
                throw Points.unknown(part, PARTS);
            }
            priority = part.name().equals("priority") ? Optional.of(part) : priority;
        }
        int family = number(pf, NetfilterNames.FAMILIES, "family of protocols");
        if (family == NetfilterNames.ARP || family == NetfilterNames.BRIDGE) {
            throw Points.error("unsupported-probe", "the kernel lets eBPF programs see the packets of IPv4 and IPv6 only, and not those"
                    + (family == NetfilterNames.ARP ? " of ARP" : " on a bridge"), pf);
        }
        if (family != NetfilterNames.IPV4 && family != NetfilterNames.IPV6) {
            throw Points.error("probe-argument", "the kernel lets eBPF programs see the packets of NFPROTO_IPV4 and NFPROTO_IPV6 only",
                    pf);
        }
        int number = number(hook, NetfilterNames.HOOKS, "hook");
        if (number < 0 || number > NetfilterNames.LAST_HOOK) {
            throw Points.error("probe-argument", "the hooks of IPv4 and IPv6 are 0 to " + NetfilterNames.LAST_HOOK, hook);
        }
        int order = priority.isPresent() ? number(priority.get(), NetfilterNames.PRIORITIES, "priority") : 0;
        if (order == Integer.MIN_VALUE || order == Integer.MAX_VALUE) {
            throw Points.error("probe-argument", "the kernel keeps the smallest and the largest priority for itself",
                    priority.get());
        }
        Btf btf = kernel.btf().orElseThrow(() -> Points.error("no-btf", "the kernel has no type information (BTF), which programs at"
                + " hooks of netfilter need", head));
        return List.of(new Found(new ProbeSite.Netfilter(point.name(), family, number, order, task(btf)), context(btf, head)));
    }

    private static ProbePoint.Component part(ProbePoint point, String name) {
        for (ProbePoint.Component part : point.components()) {
            if (part.name().equals(name)) {
                return part;
            }
        }
        throw Points.error("probe-mismatch", "a point of netfilter needs '" + name
                + "', as netfilter.hook(\"NF_INET_LOCAL_IN\").pf(\"NFPROTO_IPV4\")", point.components().getLast());
    }

    /** A name of the kernel's headers, or a number as text or as it is. */
    private static int number(ProbePoint.Component part, Map<String, Integer> names, String what) {
        if (part.argument().isPresent() && part.argument().get() instanceof Expression.NumberLiteral) {
            long value = Points.number(part);
            return value == (int) value ? (int) value : Integer.MAX_VALUE;
        }
        String text = Points.text(part);
        Integer known = names.get(text);
        if (known != null) {
            return known;
        }
        try {
            return Integer.decode(text);
        } catch (NumberFormatException _) {
            List<String> near = Suggestions.near(text, names.keySet(), 5);
            throw Points.error("probe-argument", "'" + text + "' is no " + what + " of netfilter"
                    + (near.isEmpty() ? "" : " (similar: " + String.join(", ", near) + ")"), part);
        }
    }

    private static ProbeContext context(Btf btf, ProbePoint.Component head) {
        OptionalInt type = btf.find(BtfKind.STRUCT, CONTEXT);
        if (type.isEmpty() || !(btf.type(type.getAsInt()) instanceof BtfType.Struct struct)) {
            throw Points.error("unsupported-probe", "this kernel does not let eBPF programs be hooks of netfilter; that needs Linux 6.4"
                    + " or later, built with CONFIG_NETFILTER_BPF_LINK=y", head);
        }
        List<ProbeContext.Argument> arguments = new ArrayList<>();
        for (BtfType.Member member : struct.members()) {
            arguments.add(new ProbeContext.Argument(member.name(), member.bitOffset() / Long.SIZE, member.type()));
        }
        return new ProbeContext(true, arguments, OptionalInt.empty(), "",
                Map.of("$hooknum", Snippets.expression("$state->hook"), "$pf", Snippets.expression("$state->pf"),
                        "$in", Snippets.expression("$state->in"), "$out", Snippets.expression("$state->out"),
                        "$verdict", Snippets.expression("__verdict()")),
                Map.of("$verdict", new ProbeContext.Setter("__set_verdict", "", true)), Optional.empty());
    }

    private static ProbeSite.TaskFields task(Btf btf) {
        int task = btf.find(BtfKind.STRUCT, "task_struct").orElse(0);
        return new ProbeSite.TaskFields(offset(btf, task, "comm"), offset(btf, task, "pid"), offset(btf, task, "tgid"));
    }

    private static int offset(Btf btf, int struct, String member) {
        return btf.resolveMember(struct, member).map(Field::byteOffset).orElse(0);
    }
}
