package org.jstap.compiler.probe;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.ProbePoint;

/** {@code procfs("PATH").read} and {@code .write}: a file whose text a handler makes, or whose text a handler is told. */
final class ProcfsKind implements ProbeKind {
    private static final List<String> PARTS = List.of("read", "write", "umask", "maxsize");
    /** What SystemTap calls a file without a name. */
    private static final String NAMELESS = "command";
    private static final String VALUE = "$value";
    private static final int OWNER_ONLY = 077;
    private static final int READABLE = 0444;
    private static final int WRITABLE = 0222;
    private static final int MOST_BITS = 0777;
    private static final long LARGEST = 1 << 24;

    private static final ProbeContext READ = new ProbeContext(true, List.of(), OptionalInt.empty(),
            "there is only $value, which can be set (= and .=) and not read").setting(Map.of(VALUE,
            new ProbeContext.Setter("__procfs_set", "__procfs_append", false)));

    @Override
    public List<String> words() {
        return List.of("procfs");
    }

    @Override
    public List<Found> resolve(ProbePoint point, KernelView kernel) {
        ProbePoint.Component first = point.components().getFirst();
        String path = first.argument().isPresent() ? Points.text(first) : NAMELESS;
        checkPath(path, first);
        boolean reads = false;
        boolean writes = false;
        int umask = OWNER_ONLY;
        int size = 0;
        ProbePoint.Component sized = first;
        Set<String> seen = new HashSet<>();
        for (int i = 1; i < point.components().size(); i++) {
            ProbePoint.Component part = point.components().get(i);
            if (!seen.add(part.name())) {
                throw Points.error("probe-mismatch", "'" + part.name() + "' is there twice", part);
            }
            switch (part.name()) {
                case "read", "write" -> {
                    Points.noArgument(part);
                    reads |= part.name().equals("read");
                    writes |= part.name().equals("write");
                }
                case "umask" -> umask = (int) number(part, 0, MOST_BITS);
                case "maxsize" -> {
                    size = (int) number(part, 1, LARGEST);
                    sized = part;
                }
                default -> throw Points.unknown(part, PARTS);
            }
        }
        if (reads == writes) {
            throw Points.error("probe-mismatch", "a 'procfs' probe is either .read or .write", first);
        }
        if (writes && size > 0) {
            throw Points.error("probe-mismatch", "'maxsize' is for .read; what is written is a string of at most MAXSTRINGLEN", sized);
        }
        int permissions = (reads ? READABLE : WRITABLE) & ~umask;
        return List.of(new Found(new ProbeSite.ProcFile(point.name(), path, writes, permissions, size), writes ? written() : READ));
    }

    private static ProbeContext written() {
        Expression value = Snippets.expression("__procfs_value()");
        return new ProbeContext(true, List.of(), OptionalInt.empty(), "there is only $value", Map.of(VALUE, value));
    }

    private static long number(ProbePoint.Component part, long least, long most) {
        long number = Points.number(part);
        if (number < least || number > most) {
            String bound = part.name().equals("umask") ? "0 to 0777" : least + " to " + most;
            throw Points.error("procfs-range", "the argument of '" + part.name() + "' must be from " + bound, part);
        }
        return number;
    }

    private static void checkPath(String path, ProbePoint.Component at) {
        for (String name : path.split("/", -1)) {
            String wrong = name.isEmpty() ? "a name in it is empty" : name.equals(".") || name.equals("..")
                    ? "'" + name + "' is no name in it" : name.indexOf('\0') >= 0 ? "it holds a zero byte" : "";
            if (!wrong.isEmpty()) {
                throw Points.error("procfs-path", "\"" + path + "\" is no path of a file: " + wrong, at,
                        "it is relative to the directory of the script, as \"name\" or \"directory/name\"");
            }
        }
    }
}
