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
import org.jstap.language.tree.ProbePoint;
import org.jstap.symbols.Glob;
import org.jstap.symbols.NearNames;

/** {@code kernel.trace("name")}, with wildcards and {@code "system:name"}, and {@code module("name").trace("name")}. */
final class TracepointKind implements ProbeKind {
    static final String TYPEDEF = "btf_trace_";

    @Override
    public List<String> words() {
        return List.of("kernel", "module");
    }

    @Override
    public boolean claims(ProbePoint point) {
        return point.components().size() > 1 && words().contains(point.components().getFirst().name())
                && point.components().get(1).name().equals("trace");
    }

    @Override
    public List<Found> resolve(ProbePoint point, KernelView kernel) {
        ProbePoint.Component owner = point.components().getFirst();
        String modules = "*";
        if (owner.name().equals("module")) {
            modules = Points.text(owner);
        } else {
            Points.noArgument(owner);
        }
        ProbePoint.Component trace = point.components().get(1);
        Points.end(point, 2);
        String pattern = Points.text(trace);
        int colon = pattern.indexOf(':');
        String system = colon < 0 ? "" : pattern.substring(0, colon);
        String name = pattern.substring(colon + 1);
        List<Found> found = new ArrayList<>();
        boolean ofModule = owner.name().equals("module");
        for (String match : ofModule ? List.<String>of() : kernel.tracepoints(system, name)) {
            if (kernel.btf().isEmpty() || kernel.btf().get().find(BtfKind.TYPEDEF, TYPEDEF + match).isPresent()
                    || !ofModules("*", match, kernel, found)) {
                found.add(found(match, kernel.btf()));
            }
        }
        if (found.isEmpty() && system.isEmpty()) {
            ofModules(modules, name, kernel, found);
        }
        if (found.isEmpty()) {
            throw nothing(trace, system, name, kernel);
        }
        return found;
    }

    /** Adds the tracepoints of loaded modules, which only their own types describe; says whether there are any. */
    private static boolean ofModules(String modules, String name, KernelView kernel, List<Found> found) {
        int before = found.size();
        Glob pattern = Glob.of(modules);
        Glob names = Glob.of(name);
        for (String module : kernel.modulesWithTypes()) {
            Optional<Btf> types = pattern.matches(module) ? kernel.moduleTypes(module) : Optional.empty();
            if (types.isEmpty()) {
                continue;
            }
            for (int id : types.get().idsOfKind(BtfKind.TYPEDEF)) {
                String typedef = types.get().name(id);
                if (typedef.startsWith(TYPEDEF) && names.matches(typedef.substring(TYPEDEF.length()))) {
                    String tracepoint = typedef.substring(TYPEDEF.length());
                    List<ProbeContext.Argument> arguments = arguments(tracepoint, OptionalInt.of(id), types.get());
                    found.add(new Found(new ProbeSite.Tracepoint("module(\"" + module + "\").trace(\"" + tracepoint + "\")",
                            tracepoint, OptionalInt.of(id), arguments.size(), Optional.empty(), module),
                            new ProbeContext(true, arguments, OptionalInt.empty(), "", Map.of(), types)));
                }
            }
        }
        return found.size() > before;
    }

    private static RuntimeException nothing(ProbePoint.Component trace, String system, String name, KernelView kernel) {
        List<String> near = NearNames.find(name, kernel.tracepoints("", "*"), 5);
        String reason = kernel.btf().isEmpty() ? "; the kernel has no type information (BTF) to find it in" : "";
        return Points.error("no-tracepoint", "no tracepoint of this kernel matches '" + (system.isEmpty() ? "" : system + ":")
                + name + "'" + (near.isEmpty() ? "" : " (similar: " + String.join(", ", near) + ")") + reason, trace);
    }

    static Found found(String name, Optional<Btf> btf) {
        String text = "kernel.trace(\"" + name + "\")";
        if (btf.isEmpty()) {
            return new Found(new ProbeSite.Tracepoint(text, name, OptionalInt.empty(), 0),
                    new ProbeContext(true, List.of(), OptionalInt.empty(), "the kernel has no type information (BTF); one that is"
                            + " built with CONFIG_DEBUG_INFO_BTF=y has /sys/kernel/btf/vmlinux"));
        }
        OptionalInt typedef = btf.get().find(BtfKind.TYPEDEF, TYPEDEF + name);
        List<ProbeContext.Argument> arguments = arguments(name, typedef, btf.get());
        return new Found(new ProbeSite.Tracepoint(text, name, typedef, arguments.size()),
                new ProbeContext(true, arguments, OptionalInt.empty(),
                        typedef.isEmpty() ? "the kernel's type information (BTF) does not describe this tracepoint" : ""));
    }

    /**
     * The typedef has the types but no names; those stand in the functions that the kernel calls for the tracepoint, where BTF has
     * them. The first parameter is the caller's data, and no argument.
     */
    static List<ProbeContext.Argument> arguments(String name, OptionalInt typedef, Btf btf) {
        Optional<BtfType.FuncProto> named = prototype(btf, "__traceiter_" + name);
        if (named.isEmpty()) {
            named = prototype(btf, "__bpf_trace_" + name);
        }
        Optional<BtfType.FuncProto> plain = Optional.empty();
        if (typedef.isPresent() && btf.type(btf.skipModifiers(typedef.getAsInt())) instanceof BtfType.Pointer pointer
                && btf.type(btf.skipModifiers(pointer.target())) instanceof BtfType.FuncProto proto) {
            plain = Optional.of(proto);
        }
        if (plain.isEmpty()) {
            plain = named;
        }
        List<ProbeContext.Argument> arguments = new ArrayList<>();
        if (plain.isPresent()) {
            List<BtfType.Parameter> parameters = plain.get().parameters();
            boolean names = named.isPresent() && named.get().parameters().size() == parameters.size();
            for (int i = 1; i < parameters.size(); i++) {
                String spelled = names ? named.get().parameters().get(i).name() : parameters.get(i).name();
                arguments.add(new ProbeContext.Argument(spelled.isEmpty() ? "arg" + i : spelled, i - 1, parameters.get(i).type()));
            }
        }
        return arguments;
    }

    private static Optional<BtfType.FuncProto> prototype(Btf btf, String function) {
        OptionalInt id = btf.find(BtfKind.FUNC, function);
        if (id.isPresent() && btf.type(id.getAsInt()) instanceof BtfType.Func func
                && btf.type(func.proto()) instanceof BtfType.FuncProto proto) {
            return Optional.of(proto);
        }
        return Optional.empty();
    }
}
