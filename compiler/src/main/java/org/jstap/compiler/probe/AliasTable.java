package org.jstap.compiler.probe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jstap.compiler.tapset.Tapset;
import org.jstap.language.tree.Declaration;
import org.jstap.language.tree.Declaration.AliasDeclaration;
import org.jstap.language.tree.ProbePoint;
import org.jstap.language.tree.ScriptFile;
import org.jstap.symbols.Glob;

/** The aliases of scripts and library by name; library files are read when a point needs one of their aliases. */
final class AliasTable {
    private final Tapset tapset;
    private final Map<String, List<Alias>> aliases = new LinkedHashMap<>();
    private final Set<ScriptFile> known = Collections.newSetFromMap(new IdentityHashMap<>());

    AliasTable(List<ScriptFile> scripts, Tapset tapset) {
        this.tapset = tapset;
        for (ScriptFile script : scripts) {
            add(script);
        }
    }

    private void add(ScriptFile file) {
        if (!known.add(file)) {
            return;
        }
        for (Declaration declaration : file.declarations()) {
            if (declaration instanceof AliasDeclaration alias) {
                for (ProbePoint name : alias.names()) {
                    aliases.computeIfAbsent(name.name(), _ -> new ArrayList<>()).add(new Alias(name, alias));
                }
            }
        }
    }

    /** All names, those of the library too, sorted. */
    Collection<String> names() {
        Set<String> names = new TreeSet<>(aliases.keySet());
        names.addAll(tapset.aliasNames());
        return names;
    }

    /** The declarations of a name. */
    List<Alias> declared(String name) {
        for (ScriptFile file : tapset.withAlias(name)) {
            add(file);
        }
        return List.copyOf(aliases.getOrDefault(name, List.of()));
    }

    /** The alias that stands for all system calls of a family. */
    Alias merged(MergedSystemCalls.Family family) {
        ScriptFile file = tapset.mergedSystemCalls(family.match().name(), family.names(), family.isReturn()).orElseThrow();
        AliasDeclaration declaration = (AliasDeclaration) file.declarations().getFirst();
        return new Alias(declaration.names().getFirst(), declaration);
    }

    /** A name that a point matches, and how many of the point's parts it takes; what follows them is the suffix. */
    record Match(String name, int parts) { }

    /**
     * The aliases that a point means, sorted by name. One that takes all of the point goes before one that leaves a suffix, and a
     * longer one before a shorter.
     */
    List<Match> matching(ProbePoint point) {
        List<ProbePoint.Component> parts = point.components();
        if (!hasWildcard(point)) {
            // The usual case needs no list of all names.
            StringBuilder name = new StringBuilder();
            List<String> prefixes = new ArrayList<>();
            for (ProbePoint.Component part : parts) {
                if (part.argument().isPresent()) {
                    break;
                }
                name.append(name.isEmpty() ? "" : ".").append(part.name());
                prefixes.add(name.toString());
            }
            for (int n = prefixes.size(); n > 0; n--) {
                if (!declared(prefixes.get(n - 1)).isEmpty()) {
                    return List.of(new Match(prefixes.get(n - 1), n));
                }
            }
            return List.of();
        }
        List<Match> matches = new ArrayList<>();
        for (String name : names()) {
            String[] words = name.split("\\.");
            int taken = taken(parts, 0, words, 0);
            if (taken > 0) {
                matches.add(new Match(name, taken));
            }
        }
        return longest(matches);
    }

    /** Of two matches of which one begins with the other, the longer name means what the suffix of the shorter one says. */
    private static List<Match> longest(List<Match> matches) {
        List<Match> kept = new ArrayList<>();
        for (Match match : matches) {
            boolean covered = false;
            for (Match other : matches) {
                covered |= other.name().startsWith(match.name() + ".") && other.parts() > match.parts();
            }
            if (!covered) {
                kept.add(match);
            }
        }
        return kept;
    }

    static boolean hasWildcard(ProbePoint point) {
        for (ProbePoint.Component part : point.components()) {
            if (Glob.isPattern(part.name())) {
                return true;
            }
        }
        return false;
    }

    /** How many parts match all of the words, 0 if they do not; {@code **} takes one word or more. */
    private static int taken(List<ProbePoint.Component> parts, int part, String[] words, int word) {
        if (word == words.length) {
            return part;
        }
        if (part == parts.size() || parts.get(part).argument().isPresent()) {
            return 0;
        }
        String pattern = parts.get(part).name();
        if (pattern.contains("**")) {
            for (int end = words.length; end > word; end--) {
                String covered = String.join(".", List.of(words).subList(word, end));
                int taken = Glob.of(pattern.replace("**", "*")).matches(covered) ? taken(parts, part + 1, words, end) : 0;
                if (taken > 0) {
                    return taken;
                }
            }
            return 0;
        }
        return Glob.of(pattern).matches(words[word]) ? taken(parts, part + 1, words, word + 1) : 0;
    }
}
