package org.jstap.compiler.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.language.tree.ProbePoint;

/** All kinds of probe points, in the order in which they are asked. A new kind is one class and one line here. */
final class ProbeKinds {
    private final List<ProbeKind> kinds;

    ProbeKinds(UserPaths paths) {
        kinds = List.of(new SessionKind(), new TimerKind(), new TracepointKind(), new FunctionKind(),
                new DataKind(), new StatementKind(), new SecurityHookKind(), new KernelPartKind(), new SystemCallKind(), new PerfKind(paths),
                new ProcessKind(paths), new NetfilterKind(), new ProcfsKind(), new LaterKind());
    }

    Optional<ProbeKind> of(ProbePoint point) {
        for (ProbeKind kind : kinds) {
            if (kind.claims(point)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** All first words, each once. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        for (ProbeKind kind : kinds) {
            for (String word : kind.words()) {
                if (!words.contains(word)) {
                    words.add(word);
                }
            }
        }
        return words;
    }
}
