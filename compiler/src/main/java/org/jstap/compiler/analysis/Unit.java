package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All code of a script while it is analysed: handlers, and the functions that they reach. */
final class Unit {
    final List<Draft> handlers;
    final Names names;

    Unit(List<Draft> handlers, Names names) {
        this.handlers = handlers;
        this.names = names;
    }

    /** The functions that handlers reach, in the order in which they were first asked for. */
    List<Routine> liveFunctions() {
        Set<Routine> reached = new HashSet<>();
        for (Draft handler : handlers) {
            reach(Uses.ofCodeAlone().add(handler.body).called, reached);
        }
        List<Routine> live = new ArrayList<>();
        for (Routine routine : names.requested()) {
            if (reached.contains(routine)) {
                live.add(routine);
            }
        }
        return live;
    }

    /** What all live code reads and writes. */
    Uses uses() {
        Uses uses = Uses.ofCodeAlone();
        for (Draft handler : handlers) {
            uses.add(handler.body);
            if (handler.condition.isPresent()) {
                uses.add(handler.condition.get());
            }
        }
        for (Routine routine : liveFunctions()) {
            if (routine.body != null) {
                uses.add(routine.body);
            }
        }
        return uses;
    }

    private static void reach(Collection<Routine> from, Set<Routine> reached) {
        Set<Routine> next = new LinkedHashSet<>(from);
        while (!next.isEmpty()) {
            Set<Routine> further = new LinkedHashSet<>();
            for (Routine routine : next) {
                if (reached.add(routine) && routine.body != null) {
                    further.addAll(Uses.ofCodeAlone().add(routine.body).called);
                }
            }
            next = further;
        }
    }
}
