package org.jstap.compiler.kernel.emit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.program.ProbeSite;

/** Which ways of attaching there are for the sites of a handler, best first. */
final class Mechanisms {
    /**
     * Up to so many functions of a script have a trampoline each. The kernel takes its time to make one and to take it away, one after
     * the other; more are cheaper by a link to all functions of a handler, which is one load.
     */
    private static final int FEW = 8;

    private enum Kind { TRACEPOINT, ENTRY, RETURN, INSTRUCTION, PERF_EVENT, USER_ENTRY, USER_RETURN, NETFILTER, TEST_RUN }

    /** What can share a link. */
    private record Key(Kind kind, String place) { }

    private Mechanisms() { }

    /** Whether handlers have more functions than are to have a trampoline each. */
    static boolean areMany(List<IrHandler> handlers) {
        int count = 0;
        for (IrHandler handler : handlers) {
            for (ProbeSite site : handler.sites()) {
                count += site instanceof ProbeSite.KernelFunction ? 1 : 0;
            }
        }
        return count > FEW;
    }

    /** @param many whether handlers with several functions reach them by one link */
    static List<SiteGroup> groups(IrHandler handler, boolean many) {
        Map<Key, List<Integer>> byKind = new LinkedHashMap<>();
        for (int i = 0; i < handler.sites().size(); i++) {
            ProbeSite site = handler.sites().get(i);
            byKind.computeIfAbsent(new Key(kind(site), place(site)), _ -> new ArrayList<>()).add(i);
        }
        boolean arguments = takesArguments(handler.code().body());
        List<SiteGroup> groups = new ArrayList<>();
        byKind.forEach((key, sites) -> groups.add(new SiteGroup(handler, sites, order(key.kind(), handler, sites, arguments,
                !many || sites.size() == 1))));
        return groups;
    }

    /** One link goes to places of one file, and to one process or to all. */
    private static String place(ProbeSite site) {
        return site instanceof ProbeSite.UserCode code ? code.pid() + ":" + code.path() : "";
    }

    private static Kind kind(ProbeSite site) {
        return switch (site) {
            case ProbeSite.Tracepoint _ -> Kind.TRACEPOINT;
            case ProbeSite.KernelFunction function -> function.isReturn() ? Kind.RETURN : Kind.ENTRY;
            case ProbeSite.Statement _ -> Kind.INSTRUCTION;
            case ProbeSite.PerfCounter _, ProbeSite.Watchpoint _ -> Kind.PERF_EVENT;
            case ProbeSite.Netfilter _ -> Kind.NETFILTER;
            case ProbeSite.UserCode code -> code.isReturn() ? Kind.USER_RETURN : Kind.USER_ENTRY;
            case ProbeSite.Begin _, ProbeSite.End _, ProbeSite.Error _, ProbeSite.Never _, ProbeSite.Counter _,
                    ProbeSite.Timer _, ProbeSite.ProcFile _ -> Kind.TEST_RUN;
        };
    }

    private static List<Mechanism> order(Kind kind, IrHandler handler, List<Integer> sites, boolean arguments,
                                         boolean few) {
        return switch (kind) {
            case TEST_RUN -> List.of(Mechanism.TEST_RUN);
            case INSTRUCTION -> List.of(Mechanism.KPROBE);
            case PERF_EVENT -> List.of(Mechanism.PERF_EVENT);
            case NETFILTER -> List.of(Mechanism.NETFILTER, Mechanism.NETFILTER_READING);
            case USER_ENTRY -> List.of(Mechanism.UPROBE_MULTI, Mechanism.UPROBE);
            case USER_RETURN -> List.of(Mechanism.URETPROBE_MULTI, Mechanism.URETPROBE);
            case TRACEPOINT -> knownToBtf(handler, sites)
                    ? List.of(Mechanism.BTF_TRACEPOINT, Mechanism.BTF_TRACEPOINT_READING, Mechanism.RAW_TRACEPOINT)
                    : List.of(Mechanism.RAW_TRACEPOINT);
            case ENTRY -> functions(someKnown(handler, sites), few, Mechanism.FENTRY, Mechanism.FENTRY_READING,
                    Mechanism.KPROBE_MULTI, Mechanism.KPROBE);
            case RETURN -> arguments
                    ? List.of(Mechanism.FEXIT, Mechanism.FEXIT_READING)
                    : functions(someKnown(handler, sites), few, Mechanism.FEXIT, Mechanism.FEXIT_READING,
                    Mechanism.KRETPROBE_MULTI, Mechanism.KRETPROBE);
        };
    }

    private static List<Mechanism> functions(boolean trampolines, boolean few, Mechanism typed, Mechanism reading, Mechanism multi,
                                             Mechanism single) {
        if (!trampolines) {
            return List.of(multi, single);
        }
        return few ? List.of(typed, reading, multi, single) : List.of(multi, single, typed, reading);
    }

    private static boolean someKnown(IrHandler handler, List<Integer> sites) {
        for (int site : sites) {
            if (handler.sites().get(site) instanceof ProbeSite.KernelFunction function && function.funcId().isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static boolean knownToBtf(IrHandler handler, List<Integer> sites) {
        for (int site : sites) {
            boolean known = switch (handler.sites().get(site)) {
                case ProbeSite.Tracepoint tracepoint -> tracepoint.typedefId().isPresent();
                case ProbeSite.KernelFunction function -> function.funcId().isPresent();
                default -> false;
            };
            if (!known) {
                return false;
            }
        }
        return true;
    }

    /** A return seen by kretprobe knows the result only; what the function was called with needs a trampoline. */
    private static boolean takesArguments(Region body) {
        boolean[] found = new boolean[1];
        new OpRewriter() {
            @Override
            public Op rewrite(Op op) {
                found[0] |= op instanceof Op.LoadArgument;
                return super.rewrite(op);
            }

            void all() {
                region(body);
            }
        }.all();
        return found[0];
    }
}
