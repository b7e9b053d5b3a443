package org.jstap.compiler.analysis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.Diagnostics;

/** What holds for the files of all {@code procfs} probes together. */
final class ProcfsRules {
    private ProcfsRules() { }

    /** Reports files that two handlers would make the text of, and files that are directories too. */
    static void check(List<Draft> drafts, Diagnostics diagnostics) {
        Map<String, Draft> files = new HashMap<>();
        Map<String, Draft> readers = new HashMap<>();
        for (Draft draft : drafts) {
            for (ProbeSite site : draft.sites) {
                if (site instanceof ProbeSite.ProcFile file) {
                    files.putIfAbsent(file.path(), draft);
                    if (!file.isWrite() && readers.putIfAbsent(file.path(), draft) != null) {
                        diagnostics.add(Diagnostic.semanticError("procfs-readers", "only one probe can tell what is read from \""
                                + file.path() + "\", and there is another before this one", draft.span));
                    }
                }
            }
        }
        for (Map.Entry<String, Draft> file : files.entrySet()) {
            for (int slash = file.getKey().indexOf('/'); slash > 0; slash = file.getKey().indexOf('/', slash + 1)) {
                String directory = file.getKey().substring(0, slash);
                if (files.containsKey(directory)) {
                    diagnostics.add(Diagnostic.semanticError("procfs-path", "\"" + directory
                            + "\" is a file of another probe, so \"" + file.getKey() + "\" cannot be in it", file.getValue().span));
                }
            }
        }
    }
}
