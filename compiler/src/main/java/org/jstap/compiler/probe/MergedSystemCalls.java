package org.jstap.compiler.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jstap.compiler.syscall.SystemCallTapset;
import org.jstap.language.tree.ProbePoint;

/**
 * Of the aliases that a wildcard means, those of system calls: where they are many, one site with one program stands for all of a
 * family, entries and returns apart. Where they are few, each keeps its own variables.
 *
 * @param others what stays as it is
 */
record MergedSystemCalls(List<Family> families, List<AliasTable.Match> others) {
    private static final int FEW = 8;
    private static final String RETURN = ".return";

    /**
     * System calls that one site stands for.
     *
     * @param match the name that the site has in their place
     * @param names their aliases
     */
    record Family(AliasTable.Match match, List<String> names, boolean isReturn) { }

    static MergedSystemCalls of(ProbePoint point, List<AliasTable.Match> matches) {
        Map<String, List<AliasTable.Match>> groups = new LinkedHashMap<>();
        List<AliasTable.Match> others = new ArrayList<>();
        for (AliasTable.Match match : matches) {
            int dot = match.name().indexOf('.');
            if (dot > 0 && SystemCallTapset.mayDefine(match.name())) {
                String end = match.name().endsWith(RETURN) ? RETURN : "";
                groups.computeIfAbsent(match.name().substring(0, dot) + "/" + match.parts() + end, _ -> new ArrayList<>()).add(match);
            } else {
                others.add(match);
            }
        }
        List<Family> families = new ArrayList<>();
        groups.forEach((key, members) -> {
            if (members.size() <= FEW) {
                others.addAll(members);
            } else {
                families.add(family(point, members, key.endsWith(RETURN)));
            }
        });
        return new MergedSystemCalls(families, others);
    }

    private static Family family(ProbePoint point, List<AliasTable.Match> members, boolean isReturn) {
        List<String> names = new ArrayList<>();
        for (AliasTable.Match member : members) {
            names.add(member.name());
        }
        StringBuilder name = new StringBuilder();
        for (ProbePoint.Component component : point.components().subList(0, members.getFirst().parts())) {
            name.append(name.isEmpty() ? "" : ".").append(component.name());
        }
        return new Family(new AliasTable.Match(name.toString(), members.getFirst().parts()), names, isReturn);
    }
}
