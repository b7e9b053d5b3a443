package org.jstap.compiler.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.ebpf.btf.Btf;
import org.jstap.ebpf.btf.BtfType;
import org.jstap.language.tree.ProbePoint;
import org.jstap.symbols.Glob;

/**
 * {@code kernel.function("pattern@file")} and {@code module("name").function(…)}, with {@code .call}, {@code .return} and the like.
 * {@code kprobe.function("name")} and {@code kprobe.module("name").function(…)}, SystemTap's way without debuginfo, mean the same.
 */
final class FunctionKind implements ProbeKind {
    private static final List<String> SUFFIXES = List.of("call", "return", "exported", "inline", "maxactive", "callee", "callees",
            "label");

    /** Since Linux 6.10 the name of a function that allocates is a macro that counts, around the function with this suffix. */
    private static final String COUNTED = "_noprof";

    @Override
    public List<String> words() {
        return List.of("kernel", "module", "kprobe");
    }

    @Override
    public boolean claims(ProbePoint point) {
        List<ProbePoint.Component> parts = point.components();
        return parts.size() > 1 && words().contains(parts.getFirst().name())
                && (parts.get(1).name().equals("function") || isModuleOfKprobe(parts));
    }

    private static boolean isModuleOfKprobe(List<ProbePoint.Component> parts) {
        return parts.size() > 2 && parts.getFirst().name().equals("kprobe") && parts.get(1).name().equals("module")
                && parts.get(2).name().equals("function");
    }

    @Override
    public List<Found> resolve(ProbePoint point, KernelView kernel) {
        int first = isModuleOfKprobe(point.components()) ? 1 : 0;
        ProbePoint.Component owner = point.components().get(first);
        String module = "";
        if (owner.name().equals("module")) {
            module = Points.text(owner);
        } else {
            Points.noArgument(owner);
        }
        ProbePoint.Component function = point.components().get(first + 1);
        String pattern = Points.text(function);
        boolean isReturn = false;
        boolean exported = false;
        StringBuilder suffix = new StringBuilder();
        for (ProbePoint.Component part : point.components().subList(first + 2, point.components().size())) {
            switch (part.name()) {
                case "call" -> Points.noArgument(part);
                case "return" -> isReturn = true;
                case "exported" -> exported = true;
                // How many returns may be open at once is for kretprobes; the mechanisms used here have no such limit to set.
                case "maxactive" -> Points.number(part);
                case "inline" -> throw Points.error("unsupported-probe", "inlined functions can be found by debuginfo only, "
                        + "which jstap does not use", part, "leave .inline away: the function is probed where it is not inlined");
                case "callee", "callees", "label" -> throw Points.error("unsupported-probe", "which functions"
                        + " another one calls, and where its labels are, can be found by debuginfo only, which jstap does not use",
                        part, "probe the called function, and ask in its handler who called: symname(caller_addr()) or"
                        + " print_backtrace()");
                default -> throw Points.unknown(part, SUFFIXES);
            }
            suffix.append('.').append(part.asText());
        }
        List<FoundFunction> functions = functions(pattern, module, function, kernel);
        List<Found> found = new ArrayList<>();
        for (FoundFunction candidate : functions) {
            if (!exported || kernel.isExported(candidate.name())) {
                found.add(found(candidate, suffix.toString(), isReturn, kernel));
            }
        }
        if (found.isEmpty()) {
            throw module.isEmpty() ? nothing(pattern, function, exported, kernel) : nothingIn(module, pattern, function, kernel);
        }
        return found;
    }

    private static List<FoundFunction> functions(String pattern, String module, ProbePoint.Component at, KernelView kernel) {
        int sign = pattern.indexOf('@');
        String name = sign < 0 ? pattern : pattern.substring(0, sign);
        String file = sign < 0 ? "" : pattern.substring(sign + 1);
        if (file.indexOf(':') >= 0 || file.indexOf('+') >= 0) {
            throw Points.error("unsupported-probe", "source lines can be found by debuginfo only, which jstap does not use", at,
                    "leave the line away: \"" + name + "@" + file.split("[:+]")[0] + "\"");
        }
        List<FoundFunction> found = kernel.functions(module, name, file);
        return found.isEmpty() && !Glob.isPattern(name) ? kernel.functions(module, name + COUNTED, file) : found;
    }

    private static RuntimeException nothing(String pattern, ProbePoint.Component at, boolean exported, KernelView kernel) {
        String name = pattern.indexOf('@') < 0 ? pattern : pattern.substring(0, pattern.indexOf('@'));
        return new UnknownFunctionException("no " + (exported ? "exported " : "") + "function of this kernel matches '" + pattern + "'",
                name, at, kernel);
    }

    private static RuntimeException nothingIn(String module, String pattern, ProbePoint.Component at, KernelView kernel) {
        boolean loaded = !Glob.of(module).isLiteral() || kernel.modulesWithTypes().contains(module.replace('-', '_'));
        String what = "no function of module '" + module + "' matches '" + pattern + "'";
        return loaded ? Points.error("no-function", what, at)
                : Points.error("no-function", what + "; the module is not loaded", at, "load it first: modprobe " + module);
    }

    static Found found(FoundFunction function, String suffix, boolean isReturn, KernelView kernel) {
        boolean ofModule = !function.module().isEmpty();
        Optional<Btf> btf = ofModule ? kernel.moduleTypes(function.module()) : kernel.btf();
        String where = function.file().isEmpty() ? "" : "@" + function.file() + (function.line() > 0 ? ":" + function.line() : "");
        String text = (function.module().isEmpty() ? "kernel" : "module(\"" + function.module() + "\")") + ".function(\""
                + function.name() + where + "\")" + suffix;
        OptionalInt id = btf.isPresent() ? ownFunction(btf.get(), function.name()) : OptionalInt.empty();
        List<ProbeContext.Argument> arguments = new ArrayList<>();
        OptionalInt result = OptionalInt.empty();
        int words = 0;
        String missing = btf.isEmpty() ? (ofModule ? "the module" : "the kernel") + " has no type information (BTF)"
                : "the kernel's type information (BTF) does not describe this function";
        if (id.isPresent() && btf.get().type(id.getAsInt()) instanceof BtfType.Func func
                && btf.get().type(func.proto()) instanceof BtfType.FuncProto proto) {
            missing = "";
            for (BtfType.Parameter parameter : proto.parameters()) {
                int size = words(btf.get(), parameter.type());
                if (size > 0) {
                    arguments.add(new ProbeContext.Argument(parameter.name(), words, parameter.type(), size));
                }
                words += size;
            }
            result = isReturn ? OptionalInt.of(proto.result()) : result;
        }
        // A trampoline finds its function by the name in BTF, so it can be had only where that is the symbol's name.
        OptionalInt trampoline = function.symbol().equals(function.name()) && function.unique() ? id : OptionalInt.empty();
        ProbeSite site = new ProbeSite.KernelFunction(text, function.symbol(), function.module(), function.address(), isReturn,
                trampoline, words);
        return new Found(site, new ProbeContext(true, arguments, result, missing, Map.of(), ofModule ? btf : Optional.empty()));
    }

    /** How many words a parameter fills. A structure of more than two is in memory, where it is not looked for; an empty one is nowhere. */
    private static int words(Btf btf, int type) {
        if (!(btf.type(btf.skipModifiers(type)) instanceof BtfType.Composite composite)) {
            return 1;
        }
        return composite.size() > 2 * Long.BYTES ? 0 : (composite.size() + Long.BYTES - 1) / Long.BYTES;
    }

    /** The function of this name that is not one of what the types stand on. */
    private static OptionalInt ownFunction(Btf btf, String name) {
        for (int id : btf.typesNamed(name)) {
            if (id >= btf.firstId() && btf.type(id) instanceof BtfType.Func) {
                return OptionalInt.of(id);
            }
        }
        return OptionalInt.empty();
    }
}
