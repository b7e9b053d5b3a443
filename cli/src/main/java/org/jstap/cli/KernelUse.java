package org.jstap.cli;

import java.util.List;
import java.util.Set;
import org.jstap.language.tree.Declaration;
import org.jstap.language.tree.ProbePoint;
import org.jstap.language.tree.ScriptFile;

/**
 * Whether a script will ask for the kernel's types and open the door to it, told from the names of its probe points alone: early
 * enough to begin both while the script is analysed. A guess; a wrong one costs time and nothing else.
 */
final class KernelUse {
    private static final Set<String> HOST_POINTS = Set.of("begin", "end", "error", "never", "timer");

    private KernelUse() { }

    static boolean isLikely(List<ScriptFile> scripts) {
        for (ScriptFile script : scripts) {
            for (Declaration declaration : script.declarations()) {
                if (declaration instanceof Declaration.ProbeDeclaration probe && hasKernelPoint(probe.points())
                        || declaration instanceof Declaration.AliasDeclaration alias && hasKernelPoint(alias.points())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasKernelPoint(List<ProbePoint> points) {
        for (ProbePoint point : points) {
            if (!HOST_POINTS.contains(point.components().getFirst().name())
                    || point.components().getLast().name().equals("profile")) {
                return true;
            }
        }
        return false;
    }
}
