package org.jstap.symbols.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jstap.symbols.Kallsyms;
import org.jstap.symbols.KernelSymbol;
import org.jstap.symbols.source.ResolvedFunction.Source;

/**
 * Finds one file's functions in a kernel other than those of the index.
 *
 * <p>The linker lays the code of an object file out in one piece per section. So the file's functions stand in a few
 * unbroken <em>runs</em>, which this uses twice: of several functions of one name (static functions) the one in a run is
 * meant, and what the index does not know but stands between two functions of the file belongs to it too. At the ends of
 * a run nothing is guessed: there the next file may begin.
 *
 * <p>A function that only this file has is an <em>anchor</em>: a run with one is the file's. Runs without are looked at
 * last, for names that are still missing, and believed only if the nearest kernel has them in this file.
 */
final class Neighbourhood {
    /** Two functions of a file further apart than this are taken to lie in different sections. */
    private static final int WIDEST_GAP = 24;
    /** Functions in a gap that belong to other files by the index (copies of inline functions of headers). */
    private static final int MOST_STRANGERS = 3;

    /** What the macros of trace events define is declared in the event's header, wherever its code stands. */
    private static final String[] TRACE_EVENT_PREFIXES = {
        "__bpf_trace_", "__probestub_", "__traceiter_", "perf_trace_", "trace_event_raw_event_", "trace_raw_output_"
    };

    private final SourceIndex index;
    private final Kallsyms kallsyms;
    private final String file;
    private final boolean assembler;
    private final int kernel;
    private final Map<String, IndexedFunction> byName = new HashMap<>();
    /** Candidates by rank; those kept at the end are the file's. */
    private final TreeMap<Integer, Candidate> candidates = new TreeMap<>();

    /** @param anchor whether the name alone leaves no doubt that it is the file's */
    private record Candidate(IndexedFunction function, boolean anchor) {}

    /**
     * @param functions all the index knows of one file, not empty
     * @param kernel number of the index's kernel that is nearest to the running one
     */
    Neighbourhood(SourceIndex index, Kallsyms kallsyms, List<IndexedFunction> functions, int kernel) {
        this.index = index;
        this.kallsyms = kallsyms;
        this.kernel = kernel;
        this.file = functions.getFirst().file();
        // In assembler every label is a symbol, so an unknown one is rarely a function.
        this.assembler = file.endsWith(".S");
        for (IndexedFunction function : functions) {
            byName.put(function.name(), function);
        }
    }

    List<ResolvedFunction> functions() {
        for (IndexedFunction function : byName.values()) {
            addCandidates(function);
        }
        List<ResolvedFunction> found = new ArrayList<>();
        if (file.endsWith(".h")) {
            addAnchors(found);
            return found;
        }
        List<List<Integer>> unanchored = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (List<Integer> all : runs()) {
            List<Integer> run = withoutDoubtfulEnds(all);
            if (hasAnchor(run)) {
                addRun(run, true, found);
                names.addAll(namesOf(run));
            } else {
                unanchored.add(run);
            }
        }
        if (!found.isEmpty() || !couldHaveAnchor()) {
            for (List<Integer> run : bestOf(unanchored, names)) {
                addRun(run, false, found);
            }
        }
        return found;
    }

    /** Whether an anchor was to be expected: if it is missing, so is the file (a module that is not loaded). */
    private boolean couldHaveAnchor() {
        for (IndexedFunction function : byName.values()) {
            if (function.isIn(kernel) && !function.elsewhere()) {
                return true;
            }
        }
        return false;
    }

    /** Copies of a header's inline functions stand wherever it is included. */
    private void addAnchors(List<ResolvedFunction> found) {
        for (Map.Entry<Integer, Candidate> candidate : candidates.entrySet()) {
            if (candidate.getValue().anchor) {
                found.add(resolved(candidate.getKey()));
            }
        }
    }

    private void addCandidates(IndexedFunction function) {
        List<Integer> ranks = new ArrayList<>();
        for (int symbol : kallsyms.indicesOfFunction(function.name())) {
            if (FunctionSymbols.isEntry(kallsyms, symbol)) {
                ranks.add(kallsyms.rankOf(symbol));
            }
        }
        // A source file can be compiled into several objects, and then each has the function.
        boolean anchor = !function.elsewhere() && (ranks.size() == 1 || function.isIn(kernel));
        for (int rank : ranks) {
            candidates.put(rank, new Candidate(function, anchor));
        }
    }

    private List<List<Integer>> runs() {
        List<List<Integer>> runs = new ArrayList<>();
        List<Integer> run = new ArrayList<>();
        for (int rank : candidates.keySet()) {
            if (!run.isEmpty() && !joins(run.getLast(), rank)) {
                runs.add(run);
                run = new ArrayList<>();
            }
            run.add(rank);
        }
        if (!run.isEmpty()) {
            runs.add(run);
        }
        return runs;
    }

    private boolean joins(int from, int to) {
        if (to - from > WIDEST_GAP * 4 || !moduleAt(from).equals(moduleAt(to))) {
            return false;
        }
        int between = 0;
        for (int rank = from + 1; rank < to; rank++) {
            if (FunctionSymbols.isEntry(kallsyms, kallsyms.indexAtRank(rank))) {
                between++;
            }
        }
        return between <= WIDEST_GAP;
    }

    private String moduleAt(int rank) {
        return kallsyms.module(kallsyms.indexAtRank(rank));
    }

    private void addRun(List<Integer> run, boolean withNeighbours, List<ResolvedFunction> found) {
        for (int i = 0; i < run.size(); i++) {
            found.add(resolved(run.get(i)));
            if (withNeighbours && i + 1 < run.size() && !assembler) {
                addBetween(run.get(i), run.get(i + 1), found);
            }
        }
    }

    private ResolvedFunction resolved(int rank) {
        IndexedFunction function = candidates.get(rank).function;
        KernelSymbol symbol = kallsyms.symbol(kallsyms.indexAtRank(rank));
        return FunctionSymbols.resolved(symbol, function.name(), file, function.line(), Source.INDEX);
    }

    private boolean hasAnchor(List<Integer> run) {
        for (int rank : run) {
            if (candidates.get(rank).anchor) {
                return true;
            }
        }
        return false;
    }

    private Set<String> namesOf(List<Integer> run) {
        Set<String> names = new HashSet<>();
        for (int rank : run) {
            names.add(candidates.get(rank).function.name());
        }
        return names;
    }

    /**
     * Of runs in which every name is another file's too: the one with most of the names that are missing, if it is the
     * only such, and every single name of which the kernel has but one function.
     */
    private List<List<Integer>> bestOf(List<List<Integer>> runs, Set<String> known) {
        List<List<Integer>> chosen = new ArrayList<>();
        List<Integer> best = List.of();
        int most = 1;
        boolean tie = false;
        for (List<Integer> run : runs) {
            Set<String> names = namesOf(run);
            if (!areAllInNearestKernel(run) || !Collections.disjoint(names, known)) {
                continue;
            }
            if (names.size() == 1 && occurrences(names.iterator().next()) == 1) {
                chosen.add(run);
            }
            tie = names.size() == most || tie && names.size() < most;
            if (names.size() > most) {
                most = names.size();
                best = run;
            }
        }
        if (!best.isEmpty() && !tie) {
            chosen.add(best);
        }
        return chosen;
    }

    private boolean areAllInNearestKernel(List<Integer> run) {
        for (int rank : run) {
            if (!candidates.get(rank).function.isIn(kernel)) {
                return false;
            }
        }
        return true;
    }

    private int occurrences(String name) {
        int count = 0;
        for (Candidate candidate : candidates.values()) {
            count += candidate.function.name().equals(name) ? 1 : 0;
        }
        return count;
    }

    /**
     * Outside the anchors, a name that other files have too counts only if nothing foreign lies between: the next file
     * may have a function of that name near its border.
     */
    private List<Integer> withoutDoubtfulEnds(List<Integer> run) {
        int first = 0;
        int last = run.size() - 1;
        while (first <= last && !candidates.get(run.get(first)).anchor) {
            first++;
        }
        while (last >= first && !candidates.get(run.get(last)).anchor) {
            last--;
        }
        if (first > last) {
            return run;
        }
        while (first > 0 && strangersBetween(run.get(first - 1), run.get(first)) == 0) {
            first--;
        }
        while (last < run.size() - 1 && strangersBetween(run.get(last), run.get(last + 1)) == 0) {
            last++;
        }
        return run.subList(first, last + 1);
    }

    /** How many functions between two ranks are other files' by the index. */
    private int strangersBetween(int from, int to) {
        int strangers = 0;
        for (int rank = from + 1; rank < to; rank++) {
            int symbol = kallsyms.indexAtRank(rank);
            if (FunctionSymbols.isEntry(kallsyms, symbol) && !isTraceEvent(symbol) && isKnown(symbol)) {
                strangers++;
            }
        }
        return strangers;
    }

    private boolean isKnown(int symbol) {
        return index.mayKnow(FunctionSymbols.sourceName(kallsyms.name(symbol)));
    }

    private void addBetween(int from, int to, List<ResolvedFunction> found) {
        if (strangersBetween(from, to) > MOST_STRANGERS) {
            return;
        }
        for (int rank = from + 1; rank < to; rank++) {
            int symbol = kallsyms.indexAtRank(rank);
            if (FunctionSymbols.isEntry(kallsyms, symbol) && !isTraceEvent(symbol) && !isKnown(symbol)
                    && !kallsyms.nameStartsWith(symbol, "__pi_")) {
                KernelSymbol neighbour = kallsyms.symbol(symbol);
                String name = FunctionSymbols.sourceName(neighbour.name());
                found.add(FunctionSymbols.resolved(neighbour, name, file, 0, Source.NEIGHBOUR));
            }
        }
    }

    private boolean isTraceEvent(int symbol) {
        for (String prefix : TRACE_EVENT_PREFIXES) {
            if (kallsyms.nameStartsWith(symbol, prefix)) {
                return true;
            }
        }
        return false;
    }
}
