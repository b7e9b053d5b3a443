package org.jstap.ebpf.btf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Cuts a small BTF out of a large one, for tests that must not depend on the running kernel. Run by hand:
 * {@code java ... org.jstap.ebpf.btf.BtfExtract /sys/kernel/btf/vmlinux fixture.spec fixture.btf}.
 *
 * <p>Kept whole is what the specification names and what that embeds; a struct that is only pointed to and not named
 * becomes a forward declaration; members that a named struct does not list are dropped, the others keep their places.
 */
public final class BtfExtract {
    private final Btf source;
    /** Named structs, with the members to keep; an empty set keeps all. */
    private final Map<Integer, Set<String>> named = new HashMap<>();
    private final TreeSet<Integer> kept = new TreeSet<>();
    private final Set<Integer> whole = new HashSet<>();
    private final Deque<Integer> open = new ArrayDeque<>();

    private BtfExtract(Btf source) {
        this.source = source;
    }

    /** Arguments: the BTF file, the specification, the file to write. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("usage: BtfExtract BTF-FILE SPECIFICATION OUTPUT");
        }
        Btf source = Btf.parse(Files.readAllBytes(Path.of(arguments[0])));
        byte[] cut = cut(source, Files.readAllLines(Path.of(arguments[1])));
        Files.write(Path.of(arguments[2]), cut);
        System.out.println(Btf.parse(cut).typeCount() - 1 + " types, " + cut.length + " bytes");
    }

    static byte[] cut(Btf source, List<String> specification) {
        BtfExtract extract = new BtfExtract(source);
        extract.readRoots(specification);
        while (!extract.open.isEmpty()) {
            extract.follow(extract.open.pop());
        }
        return extract.write();
    }

    private void readRoots(List<String> specification) {
        List<Integer> roots = new ArrayList<>();
        for (String line : specification) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.strip().split("\\s+");
            BtfKind kind = BtfKind.valueOf(words[0].toUpperCase(Locale.ROOT));
            for (int id : matching(kind, words[1])) {
                if (kind == BtfKind.STRUCT) {
                    named.put(id, new HashSet<>(Arrays.asList(words).subList(2, words.length)));
                }
                roots.add(id);
            }
        }
        for (int root : roots) {
            keep(root, true);
        }
    }

    private List<Integer> matching(BtfKind kind, String name) {
        List<Integer> result = new ArrayList<>();
        int star = name.indexOf('*');
        if (star < 0) {
            source.find(kind, name).ifPresentOrElse(result::add, () -> System.err.println("no " + kind + " is named " + name));
            return result;
        }
        for (int id : source.idsOfKind(kind)) {
            String candidate = source.name(id);
            if (candidate.startsWith(name.substring(0, star)) && candidate.endsWith(name.substring(star + 1))) {
                result.add(id);
            }
        }
        return result;
    }

    private void keep(int id, boolean byValue) {
        if (id == 0) {
            return;
        }
        boolean composite = source.type(id) instanceof BtfType.Composite;
        boolean makeWhole = composite && (byValue || named.containsKey(id) || source.name(id).isEmpty()) && whole.add(id);
        // A qualifier or typedef behind a pointer may be embedded elsewhere, so it is followed again for that.
        boolean passesOn = source.kind(id).isModifier() && byValue && whole.add(id);
        if (kept.add(id) || makeWhole || passesOn) {
            if (!composite || whole.contains(id)) {
                open.push(id);
            }
        }
    }

    private void follow(int id) {
        boolean byValue = whole.contains(id);
        switch (source.type(id)) {
            case BtfType.Pointer(int target) -> keep(target, false);
            case BtfType.Array array -> {
                keep(array.element(), true);
                keep(array.index(), true);
            }
            case BtfType.Composite composite -> {
                for (BtfType.Member member : keptMembers(id, composite)) {
                    keep(member.type(), true);
                }
            }
            case BtfType.Typedef type -> keep(type.target(), byValue);
            case BtfType.Const(int target) -> keep(target, byValue);
            case BtfType.Volatile(int target) -> keep(target, byValue);
            case BtfType.Restrict(int target) -> keep(target, byValue);
            case BtfType.TypeTag tag -> keep(tag.target(), byValue);
            case BtfType.Func function -> keep(function.proto(), true);
            case BtfType.FuncProto proto -> {
                keep(proto.result(), true);
                for (BtfType.Parameter parameter : proto.parameters()) {
                    keep(parameter.type(), true);
                }
            }
            default -> { }
        }
    }

    private List<BtfType.Member> keptMembers(int id, BtfType.Composite composite) {
        Set<String> wanted = named.getOrDefault(id, Set.of());
        if (wanted.isEmpty()) {
            return composite.members();
        }
        List<BtfType.Member> result = new ArrayList<>();
        for (BtfType.Member member : composite.members()) {
            if (wanted.contains(member.name()) || member.name().isEmpty() && holdsOne(member.type(), wanted)) {
                result.add(member);
            }
        }
        return result;
    }

    private boolean holdsOne(int compositeId, Set<String> wanted) {
        for (Field field : source.members(compositeId)) {
            if (wanted.contains(field.name())) {
                return true;
            }
        }
        return false;
    }

    private byte[] write() {
        Map<Integer, Integer> ids = new TreeMap<>();
        ids.put(0, 0);
        int next = 1;
        for (int id : kept) {
            ids.put(id, next++);
        }
        BtfBuilder builder = new BtfBuilder();
        for (int id : kept) {
            builder.add(renumbered(id, ids));
        }
        return builder.build();
    }

    private BtfType renumbered(int id, Map<Integer, Integer> ids) {
        return switch (source.type(id)) {
            case BtfType.Pointer(int target) -> new BtfType.Pointer(ids.get(target));
            case BtfType.Array a -> new BtfType.Array(ids.get(a.element()), ids.get(a.index()), a.length());
            case BtfType.Struct s when !whole.contains(id) -> new BtfType.Forward(s.name(), false);
            case BtfType.Union u when !whole.contains(id) -> new BtfType.Forward(u.name(), true);
            case BtfType.Struct s -> new BtfType.Struct(s.name(), s.size(), renumbered(keptMembers(id, s), ids));
            case BtfType.Union u -> new BtfType.Union(u.name(), u.size(), renumbered(keptMembers(id, u), ids));
            case BtfType.Typedef t -> new BtfType.Typedef(t.name(), ids.get(t.target()));
            case BtfType.Const(int target) -> new BtfType.Const(ids.get(target));
            case BtfType.Volatile(int target) -> new BtfType.Volatile(ids.get(target));
            case BtfType.Restrict(int target) -> new BtfType.Restrict(ids.get(target));
            case BtfType.TypeTag t -> new BtfType.TypeTag(t.name(), ids.get(t.target()));
            case BtfType.Func f -> new BtfType.Func(f.name(), ids.get(f.proto()), f.linkage());
            case BtfType.FuncProto p -> {
                List<BtfType.Parameter> parameters = new ArrayList<>();
                for (BtfType.Parameter parameter : p.parameters()) {
                    parameters.add(new BtfType.Parameter(parameter.name(), ids.get(parameter.type())));
                }
                yield new BtfType.FuncProto(ids.get(p.result()), parameters);
            }
            case BtfType other -> other;
        };
    }

    private static List<BtfType.Member> renumbered(List<BtfType.Member> members, Map<Integer, Integer> ids) {
        List<BtfType.Member> result = new ArrayList<>();
        for (BtfType.Member member : members) {
            result.add(new BtfType.Member(member.name(), ids.get(member.type()), member.bitOffset(), member.bitSize()));
        }
        return result;
    }
}
