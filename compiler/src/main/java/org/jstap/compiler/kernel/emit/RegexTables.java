package org.jstap.compiler.kernel.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jstap.compiler.kernel.layout.GroupTable;
import org.jstap.compiler.kernel.layout.RegexTable;
import org.jstap.ebpf.spec.MapEntry;
import org.jstap.ebpf.spec.MapFlags;
import org.jstap.ebpf.spec.MapSpec;

/** The tables of patterns that programs search for: a map of one element for each. */
final class RegexTables {
    private final Map<Integer, RegexTable> tables = new TreeMap<>();
    private final Map<Integer, GroupTable> groups = new TreeMap<>();

    private static String name(int regex) {
        return "regex_" + regex;
    }

    /** The map of the tables that find groups. */
    static String groupsName(int regex) {
        return "groups_" + regex;
    }

    /** The map of a pattern, which has a table. */
    String of(int regex, String pattern) {
        tables.computeIfAbsent(regex, _ -> RegexTable.of(pattern).orElseThrow());
        return name(regex);
    }

    int states(int regex) {
        return tables.get(regex).states();
    }

    /** The tables that find the groups of a pattern, which has them. */
    GroupTable groups(int regex, String pattern) {
        return groups.computeIfAbsent(regex, _ -> GroupTable.of(pattern).orElseThrow());
    }

    List<MapSpec> maps() {
        List<MapSpec> maps = new ArrayList<>();
        tables.forEach((regex, table) -> maps.add(map(name(regex), table.contents())));
        groups.forEach((regex, table) -> maps.add(map(groupsName(regex), table.contents())));
        return maps;
    }

    private static MapSpec map(String name, byte[] contents) {
        return MapSpec.array(name, contents.length, 1).withFlags(MapFlags.RDONLY_PROG)
                .withContents(List.of(new MapEntry(new byte[4], contents))).asFrozen();
    }
}
