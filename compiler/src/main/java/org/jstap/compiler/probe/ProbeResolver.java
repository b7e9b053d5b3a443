package org.jstap.compiler.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.tapset.Tapset;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.diagnostic.Diagnostics;
import org.jstap.language.tree.Declaration;
import org.jstap.language.tree.Declaration.ProbeDeclaration;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.ProbePoint;
import org.jstap.language.tree.ScriptFile;
import org.jstap.language.tree.Statement;
import org.jstap.symbols.Glob;

/** Resolves probe points: expands aliases and wildcards, drops what is optional and absent, asks the kinds for the rest. */
public final class ProbeResolver {
    /** Aliases of aliases go no deeper than this in any library. */
    private static final int DEEPEST = 100;

    private final ProbeKinds kinds;
    private final AliasTable aliases;
    private final KernelView kernel;
    private final boolean merging;
    private final Diagnostics notes = new Diagnostics();

    /** @param program what {@code process} without a path means */
    public ProbeResolver(List<ScriptFile> scripts, Tapset tapset, KernelView kernel, Optional<String> program) {
        this(scripts, tapset, kernel, program, true);
    }

    /** @param merging whether many system calls that a wildcard means may become one site; lists want them one by one */
    public ProbeResolver(List<ScriptFile> scripts, Tapset tapset, KernelView kernel, Optional<String> program, boolean merging) {
        this.kinds = new ProbeKinds(new UserPaths(System.getenv(), program));
        this.merging = merging;
        this.aliases = new AliasTable(scripts, tapset);
        this.kernel = kernel;
    }

    /**
     * What is known at some depth of aliases; {@code via} is the point that named the innermost one,
     * {@code library} tells whether one of them is the library's.
     */
    private record Path(String name, ProbePoint written, List<String> aliases, ProbePoint via, List<Statement.Block> before,
                        List<Statement.Block> after, List<Expression> conditions, boolean optional, boolean library) { }

    /** The sites of a probe, in order; reports what cannot be resolved. */
    public List<ResolvedPoint> resolve(ProbeDeclaration probe, Diagnostics diagnostics) {
        return resolve(probe.points(), diagnostics);
    }

    /** The sites of a list of points. */
    public List<ResolvedPoint> resolve(List<ProbePoint> points, Diagnostics diagnostics) {
        List<ResolvedPoint> resolved = new ArrayList<>();
        list(points, Optional.empty(), resolved, diagnostics);
        return resolved;
    }

    /** Why optional points were left out; worth telling only to who wants to know. */
    public List<Diagnostic> notes() {
        return notes.all();
    }

    private void list(List<ProbePoint> points, Optional<Path> outer, List<ResolvedPoint> out, Diagnostics diagnostics) {
        for (ProbePoint point : points) {
            Path path = outer.isEmpty() ? new Path(point.name(), point, List.of(), point, List.of(), List.of(), List.of(), false, false)
                    : outer.get();
            path = at(path, point);
            int before = out.size();
            Diagnostics problems = new Diagnostics();
            try {
                one(point, path, out, problems);
            } catch (DiagnosticException e) {
                problems.add(path.optional() || AliasTable.hasWildcard(path.written()) ? e.brief() : e.diagnostic());
            }
            (path.optional() ? notes : diagnostics).addAll(problems.all());
            if (point.sufficient() && out.size() > before) {
                return;
            }
        }
    }

    private static Path at(Path path, ProbePoint point) {
        List<Expression> conditions = path.conditions();
        if (point.condition().isPresent()) {
            conditions = new ArrayList<>(conditions);
            conditions.add(point.condition().get());
        }
        return new Path(path.name(), path.written(), path.aliases(), path.via(), path.before(), path.after(), conditions,
                path.optional() || point.optional() || point.sufficient(), path.library());
    }

    private void one(ProbePoint point, Path path, List<ResolvedPoint> out, Diagnostics diagnostics) {
        List<AliasTable.Match> matches = aliases.matching(point);
        if (!matches.isEmpty()) {
            expand(point, matches, path, out, diagnostics);
            return;
        }
        if (AliasTable.hasWildcard(point)) {
            wildcard(point, path, out, diagnostics);
            return;
        }
        Optional<ProbeKind> kind = kinds.of(point);
        if (kind.isEmpty()) {
            throw Points.unknown(point.components().getFirst(), firstWords());
        }
        kind(kind.get(), point, path, out);
    }

    private void kind(ProbeKind kind, ProbePoint point, Path path, List<ResolvedPoint> out) {
        for (ProbeKind.Found found : kind.resolve(point, kernel)) {
            List<Statement.Block> before = path.before();
            if (found.guard().isPresent()) {
                before = new ArrayList<>(before);
                before.addFirst(found.guard().get());
            }
            out.add(new ResolvedPoint(path.name(), found.site(), found.context(), before, path.after(), path.conditions(),
                    path.written()));
        }
    }

    /** A wildcard for a word of a kind: {@code beg*}. */
    private void wildcard(ProbePoint point, Path path, List<ResolvedPoint> out, Diagnostics diagnostics) {
        ProbePoint.Component first = point.components().getFirst();
        boolean found = false;
        for (String word : kinds.words()) {
            if (Glob.isPattern(first.name()) && Glob.of(first.name()).matches(word)) {
                List<ProbePoint.Component> parts = new ArrayList<>(point.components());
                parts.set(0, new ProbePoint.Component(word, first.argument(), first.span()));
                ProbePoint spelled = new ProbePoint(parts, point.optional(), point.sufficient(), point.condition(), point.span());
                Optional<ProbeKind> kind = kinds.of(spelled);
                try {
                    kind(kind.orElseThrow(), spelled, path, out);
                    found = true;
                } catch (DiagnosticException e) {
                    notes.add(e.brief());
                }
            }
        }
        if (!found && !Glob.isPattern(first.name())) {
            Optional<ProbeKind> kind = kinds.of(point);
            if (kind.isPresent()) {
                kind(kind.get(), point, path, out);
                found = true;
            }
        }
        if (!found) {
            throw Points.unknown(first, firstWords());
        }
    }

    private List<String> firstWords() {
        List<String> words = new ArrayList<>(kinds.words());
        for (String name : aliases.names()) {
            String word = name.indexOf('.') < 0 ? name : name.substring(0, name.indexOf('.'));
            if (!words.contains(word)) {
                words.add(word);
            }
        }
        return words;
    }

    private void expand(ProbePoint point, List<AliasTable.Match> matches, Path path, List<ResolvedPoint> out,
                        Diagnostics diagnostics) {
        if (path.aliases().size() >= DEEPEST) {
            throw Points.error("alias-depth", "aliases are nested more than " + DEEPEST + " levels deep",
                    point.components().getFirst());
        }
        boolean pattern = AliasTable.hasWildcard(point);
        int before = out.size();
        Diagnostics problems = pattern ? new Diagnostics() : diagnostics;
        List<AliasTable.Match> single = matches;
        if (merging && pattern) {
            MergedSystemCalls merged = MergedSystemCalls.of(point, matches);
            single = merged.others();
            for (MergedSystemCalls.Family family : merged.families()) {
                expand(point, family.match(), aliases.merged(family), path, out, problems);
            }
        }
        for (AliasTable.Match match : single) {
            if (path.aliases().contains(match.name())) {
                ProbePoint.Component at = (path.aliases().size() > 1 ? path.via() : point).components().getFirst();
                throw Points.error("alias-recursion", "recursive loop in alias expansion of " + path.aliases().getLast(), at);
            }
            for (Alias alias : aliases.declared(match.name())) {
                expand(point, match, alias, path, out, problems);
            }
        }
        if (pattern) {
            // Of all that a wildcard means, some may be absent in this kernel.
            (out.size() > before ? notes : diagnostics).addAll(problems.all());
        }
    }

    private void expand(ProbePoint point, AliasTable.Match match, Alias alias, Path path, List<ResolvedPoint> out,
                        Diagnostics diagnostics) {
        List<ProbePoint.Component> suffix = point.components().subList(match.parts(), point.components().size());
        List<ProbePoint> inner = new ArrayList<>();
        for (ProbePoint target : alias.declaration().points()) {
            List<ProbePoint.Component> parts = new ArrayList<>(target.components());
            parts.addAll(suffix);
            inner.add(new ProbePoint(parts, target.optional(), target.sufficient(), target.condition(), target.span()));
        }
        List<String> names = new ArrayList<>(path.aliases());
        names.add(match.name());
        List<Statement.Block> before = path.before();
        List<Statement.Block> after = path.after();
        if (alias.declaration().kind() == Declaration.AliasKind.PROLOGUE) {
            before = new ArrayList<>(before);
            before.addFirst(alias.declaration().body());
        } else {
            after = new ArrayList<>(after);
            after.add(alias.declaration().body());
        }
        if (alias.declaration().second().isPresent()) {
            after = new ArrayList<>(after);
            after.add(alias.declaration().second().get());
        }
        String name = path.name();
        // The innermost alias, as in SystemTap. How the library builds its own is nobody's concern.
        if (!path.library()) {
            StringBuilder spelled = new StringBuilder(match.name());
            for (ProbePoint.Component component : suffix) {
                spelled.append('.').append(component.asText());
            }
            name = spelled.toString();
        }
        list(inner, Optional.of(new Path(name, path.written(), names, point, before, after, path.conditions(), path.optional(),
                path.library() || alias.declaration().span().file().library())), out,
                diagnostics);
    }
}
