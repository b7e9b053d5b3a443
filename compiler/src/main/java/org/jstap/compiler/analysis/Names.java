package org.jstap.compiler.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.program.Constant;
import org.jstap.compiler.program.Type;
import org.jstap.compiler.tapset.Tapset;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.diagnostic.Diagnostics;
import org.jstap.language.source.SourceFile;
import org.jstap.language.source.Span;
import org.jstap.language.tree.Declaration;
import org.jstap.language.tree.Declaration.FunctionDeclaration;
import org.jstap.language.tree.Declaration.GlobalDeclaration;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.Parameter;
import org.jstap.language.tree.ScriptFile;
import org.jstap.language.tree.ValueType;

/** Functions and globals of the scripts and, as they are needed, of the library; private ones are seen by their own file only. */
final class Names {
    private final Tapset tapset;
    private final String module;
    private final boolean guru;
    private final PerfCounters counters;
    private final Diagnostics diagnostics;
    private final Set<ScriptFile> known = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<SourceFile> sources = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, Variable> globals = new LinkedHashMap<>();
    private final Map<SourceFile, Map<String, Variable>> privateGlobals = new LinkedHashMap<>();
    private final Map<String, List<Routine>> functions = new LinkedHashMap<>();
    private final Map<SourceFile, Map<String, List<Routine>>> privateFunctions = new HashMap<>();
    private final List<Variable> allGlobals = new ArrayList<>();
    private final Deque<Routine> unbound = new ArrayDeque<>();
    private final Set<Routine> requested = new LinkedHashSet<>();
    private final Map<String, List<Routine>> groups = new HashMap<>();
    private final Deque<ScriptFile> withProbes = new ArrayDeque<>();

    /**
     * @param module what {@code module_name()} returns
     * @param guru   whether scripts may call functions that change what they observe
     * @param counters that the scripts define
     */
    Names(List<ScriptFile> scripts, Tapset tapset, String module, boolean guru, PerfCounters counters, Diagnostics diagnostics) {
        this.counters = counters;
        this.module = module;
        this.guru = guru;
        this.tapset = tapset;
        this.diagnostics = diagnostics;
        for (ScriptFile script : scripts) {
            add(script);
        }
        for (ScriptFile script : scripts) {
            for (Declaration declaration : script.declarations()) {
                if (declaration instanceof FunctionDeclaration function) {
                    for (Routine routine : routinesOf(function, script.source())) {
                        request(routine);
                    }
                }
            }
        }
    }

    /** What {@code module_name()} returns. */
    String module() {
        return module;
    }

    /** What {@code @perf} can name. */
    PerfCounters counters() {
        return counters;
    }

    /** Makes a file's names known; a second time does nothing. */
    void add(ScriptFile file) {
        if (!known.add(file)) {
            return;
        }
        boolean probes = false;
        for (Declaration declaration : file.declarations()) {
            switch (declaration) {
                case GlobalDeclaration global -> addGlobal(global, file.source());
                case FunctionDeclaration function -> addFunction(function, file.source());
                case Declaration.ProbeDeclaration _ -> probes = true;
                default -> { }
            }
        }
        if (probes) {
            withProbes.add(file);
        }
    }

    /** A file that was added since the last call and has probes of its own. */
    Optional<ScriptFile> nextWithProbes() {
        return Optional.ofNullable(withProbes.poll());
    }

    private void addGlobal(GlobalDeclaration declaration, SourceFile file) {
        Variable variable = new Variable(Variable.Kind.GLOBAL, declaration.name(), declaration.nameSpan());
        variable.isPrivate = declaration.isPrivate();
        variable.wrap = declaration.wrap();
        if (declaration.size().isPresent()) {
            variable.size = OptionalInt.of((int) Math.clamp(declaration.size().get(), 0, Integer.MAX_VALUE));
        }
        if (declaration.init().isPresent()) {
            initialise(variable, declaration.init().get());
        }
        Map<String, Variable> map = declaration.isPrivate() ? privateGlobals.computeIfAbsent(file, _ -> new LinkedHashMap<>()) : globals;
        Variable before = map.get(declaration.name());
        if (before != null) {
            if (!file.library()) {
                diagnostics.add(Diagnostic.semanticError("duplicate-global", "duplicate global name",
                        declaration.nameSpan()).seeing("identifier '" + declaration.name() + "'")
                        .withRelated("first declared here", before.span));
            }
            return;
        }
        map.put(declaration.name(), variable);
        allGlobals.add(variable);
    }

    private void initialise(Variable variable, Expression.Literal literal) {
        switch (literal) {
            case Expression.NumberLiteral number -> {
                variable.initial = Optional.of(new Constant.Number(number.value()));
                variable.type.determine(Type.LONG, literal.span(), "number '" + number.value() + "'");
            }
            case Expression.StringLiteral text -> {
                variable.initial = Optional.of(new Constant.Text(text.value()));
                variable.type.determine(Type.STRING, literal.span(), "string '" + text.raw() + "'");
            }
        }
        variable.fixArity(0);
    }

    private void addFunction(FunctionDeclaration declaration, SourceFile file) {
        Routine routine = new Routine(declaration);
        for (Parameter parameter : declaration.parameters()) {
            Variable variable = new Variable(Variable.Kind.PARAMETER, parameter.name(), parameter.span());
            if (parameter.type().isPresent()) {
                variable.type.determine(typeOf(parameter.type().get()), parameter.span(), "identifier '" + parameter.name() + "'");
            }
            routine.parameters.add(variable);
        }
        if (declaration.returnType().isPresent()) {
            routine.result.determine(typeOf(declaration.returnType().get()), declaration.nameSpan(),
                    "identifier '" + declaration.name() + "'");
        }
        Map<String, List<Routine>> map = declaration.isPrivate()
                ? privateFunctions.computeIfAbsent(file, _ -> new HashMap<>()) : functions;
        List<Routine> overloads = map.computeIfAbsent(declaration.name(), _ -> new ArrayList<>());
        overloads.add(routine);
    }

    private static Long priority(Routine routine) {
        return routine.declaration.isPresent() ? routine.declaration.get().priority().orElse(1L) : Long.MAX_VALUE;
    }

    static Type typeOf(ValueType type) {
        return switch (type) {
            case LONG -> Type.LONG;
            case STRING -> Type.STRING;
            case STATS -> Type.STATS;
        };
    }

    /** The body of an alias comes from a file of the library of which nothing else need be in use. */
    private void know(SourceFile from) {
        if (from.library() && sources.add(from)) {
            Optional<ScriptFile> file = tapset.file(from);
            if (file.isPresent()) {
                add(file.get());
            }
        }
    }

    /** The global that a name means in a file. */
    Optional<Variable> global(String name, SourceFile from) {
        know(from);
        Map<String, Variable> own = privateGlobals.get(from);
        if (own != null && own.containsKey(name)) {
            return Optional.of(own.get(name));
        }
        Variable variable = globals.get(name);
        if (variable == null) {
            for (ScriptFile file : tapset.withGlobal(name)) {
                add(file);
            }
            variable = globals.get(name);
        }
        return Optional.ofNullable(variable);
    }

    /** An array with numbers as keys, the first of them the running thread, that no script can name; a full one drops the oldest. */
    Variable hiddenArray(String name, int arity, int size, Span at) {
        Variable array = new Variable(Variable.Kind.GLOBAL, name, at);
        array.hidden = true;
        array.wrap = true;
        array.size = OptionalInt.of(size);
        array.fixArity(arity);
        for (Typing key : array.keys) {
            key.determine(Type.LONG, at, identifier(name));
        }
        allGlobals.add(array);
        return array;
    }

    /** All globals known, those of the scripts first, in the order of declaration. */
    List<Variable> globals() {
        return allGlobals;
    }

    /** The functions that a call means: by priority, those of the scripts before those of the library. */
    List<Routine> overloads(String name, int arity, SourceFile from) {
        know(from);
        Map<String, List<Routine>> own = privateFunctions.get(from);
        boolean isPrivate = own != null && own.containsKey(name);
        String key = (isPrivate ? from.name() + ":" : ":") + name + "/" + arity;
        List<Routine> group = groups.get(key);
        if (group == null) {
            group = isPrivate ? chained(own.get(name), arity) : publicOverloads(name, arity);
            groups.put(key, group);
        }
        for (Routine routine : group) {
            request(routine);
        }
        return group;
    }

    private List<Routine> publicOverloads(String name, int arity) {
        for (ScriptFile file : tapset.withFunction(name)) {
            add(file);
        }
        List<Routine> candidates = new ArrayList<>(functions.getOrDefault(name, List.of()));
        Optional<Intrinsic> intrinsic = intrinsic(name, arity);
        if (intrinsic.isPresent() && !candidates.isEmpty()) {
            candidates.add(new Routine(intrinsic.get(), candidates.getFirst().span));
        }
        List<Routine> group = chained(candidates, arity);
        return group.size() == 1 && group.getFirst().intrinsic.isPresent() ? List.of() : group;
    }

    private static List<Routine> chained(List<Routine> candidates, int arity) {
        List<Routine> group = new ArrayList<>();
        for (Routine routine : candidates) {
            if (routine.arity() == arity) {
                group.add(routine);
            }
        }
        group.sort(new OverloadOrder());
        for (int i = 0; i + 1 < group.size(); i++) {
            group.get(i).following = Optional.of(group.get(i + 1));
        }
        return List.copyOf(group);
    }

    /** A class, because comparators built from functions are linked anew in every start, 4 ms. */
    private static final class OverloadOrder implements Comparator<Routine> {
        @Override
        public int compare(Routine one, Routine other) {
            int byRank = Integer.compare(rank(one), rank(other));
            return byRank != 0 ? byRank : Long.compare(priority(one), priority(other));
        }
    }

    private static int rank(Routine routine) {
        return routine.intrinsic.isPresent() ? 2 : routine.isLibrary() ? 1 : 0;
    }

    private List<Routine> routinesOf(FunctionDeclaration declaration, SourceFile file) {
        return overloads(declaration.name(), declaration.parameters().size(), file);
    }

    private void request(Routine routine) {
        if (requested.add(routine)) {
            unbound.add(routine);
        }
    }

    /** A function that something calls and whose body is not bound yet. */
    Optional<Routine> nextUnbound() {
        return Optional.ofNullable(unbound.poll());
    }

    /** All functions that were asked for, in the order in which they were. */
    Collection<Routine> requested() {
        return requested;
    }

    Optional<Intrinsic> intrinsic(String name, int arity) {
        for (Intrinsic intrinsic : Intrinsic.values()) {
            if (intrinsic.parameters().size() == arity && intrinsic.word().equals(name)) {
                return Optional.of(intrinsic);
            }
        }
        return Optional.empty();
    }

    /** How many parameters the functions of a name take, each number once; empty if there is no such function. */
    List<Integer> arities(String name, SourceFile from) {
        Set<Integer> found = new LinkedHashSet<>();
        Map<String, List<Routine>> own = privateFunctions.get(from);
        if (own != null) {
            for (Routine routine : own.getOrDefault(name, List.of())) {
                found.add(routine.arity());
            }
        }
        for (Routine routine : functions.getOrDefault(name, List.of())) {
            found.add(routine.arity());
        }
        for (Intrinsic intrinsic : Intrinsic.values()) {
            if (intrinsic.word().equals(name)) {
                found.add(intrinsic.parameters().size());
            }
        }
        return List.copyOf(found);
    }

    /** Names of all functions a call can mean, for suggestions. */
    Collection<String> functionNames() {
        Set<String> names = new LinkedHashSet<>(functions.keySet());
        for (Intrinsic intrinsic : Intrinsic.values()) {
            names.add(intrinsic.word());
        }
        names.addAll(tapset.functionNames());
        return names;
    }

    /** A script has to be trusted, by -g, to call what changes what it observes. */
    void refuseWithoutTrust(Expression.Call call, List<Routine> found) {
        boolean changes = switch (call.name()) {
            case "raise", "printk", "mdelay", "udelay" -> found.isEmpty() || found.getFirst().isLibrary();
            default -> false;
        };
        if (changes && !guru && !call.nameSpan().outermost().file().library()) {
            throw new DiagnosticException(Diagnostic.semanticError("guru", "the function '" + call.name()
                    + "' changes what is observed; need stap -g", call.nameSpan()).seeing(identifier(call.name()))
                    .withHint("run with -g (guru mode) if you trust this script"));
        }
    }

    Collection<String> globalNames() {
        return globals.keySet();
    }

    static String identifier(String name) {
        return "identifier '" + name + "'";
    }
}
