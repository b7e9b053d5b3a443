package org.jstap.ebpf.btf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The types of a kernel, a kernel module or a program. Parsing notes where each type starts; the first question for a name
 * hashes the names, unless an index of both was kept; a type becomes an object when it is asked for. Identifiers count from 1; 0 is {@code void}. The types of
 * a module stand on those of the kernel ({@code base}) and continue their identifiers; questions for names cover both.
 *
 * <p>Immutable as seen from outside; safe for several threads.
 */
public final class Btf {
    private final BtfData data;
    private final Btf base;
    private final Names names;
    private final TypeReader reader;
    /** The first identifier of this blob. */
    private final int first;
    private volatile NameIndex index;

    private Btf(byte[] bytes, Btf base) {
        this(new BtfData(bytes), base);
    }

    private Btf(BtfData data, Btf base) {
        this.data = data;
        this.base = base;
        this.names = new Names(data, base == null ? null : base.names);
        this.reader = new TypeReader(data, names);
        this.first = base == null ? 1 : base.typeCount();
    }

    /**
     * Reads BTF of either byte order. The array is kept and must not be changed.
     *
     * @throws BtfException if it is malformed
     */
    public static Btf parse(byte[] bytes) {
        return new Btf(bytes, null);
    }

    /**
     * Reads BTF that may stand on a base. The array is kept and must not be changed.
     *
     * @throws BtfException if it is malformed
     */
    public static Btf parse(byte[] bytes, Optional<Btf> base) {
        return new Btf(bytes, base.orElse(null));
    }

    /**
     * BTF of which only what is asked for is read, with an index of it that was made before.
     *
     * @param index of the very same blob, from {@link #index()}, the remaining bytes; that of another blob gives wrong answers
     * @return empty if the index cannot be one of this blob, or has another format
     * @throws BtfException if the blob cannot be read
     */
    public static Optional<Btf> indexed(BtfSource source, ByteBuffer index) {
        Optional<BtfIndex.Parts> parts = BtfIndex.read(source, index);
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        Btf btf = new Btf(parts.get().data(), null);
        btf.index = parts.get().names();
        return Optional.of(btf);
    }

    /** What {@link #indexed} needs to give the same answers as this, without going through all types; of BTF without a base. */
    public byte[] index() {
        return BtfIndex.write(data, chains());
    }

    /** Reads BTF from the remaining bytes of a buffer, which are copied. */
    public static Btf parse(ByteBuffer bytes, Optional<Btf> base) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return parse(copy, base);
    }

    /** Reads BTF from memory, which is copied. */
    public static Btf parse(MemorySegment bytes, Optional<Btf> base) {
        return parse(bytes.toArray(ValueLayout.JAVA_BYTE), base);
    }

    /** One more than the highest identifier. */
    public int typeCount() {
        return first + data.count();
    }

    /** The lowest identifier that is not of the base; 1 without a base. */
    public int firstId() {
        return first;
    }

    /** What this stands on; empty for the BTF of a kernel or program. */
    public Optional<Btf> base() {
        return Optional.ofNullable(base);
    }

    /**
     * The kind of a type.
     *
     * @throws BtfException if there is no such type
     */
    public BtfKind kind(int id) {
        if (id == 0) {
            return BtfKind.VOID;
        }
        return id < first ? below(id).kind(id) : BtfKind.of(data.kindAt(offset(id)), id);
    }

    /** The name of a type; empty if it has none. */
    public String name(int id) {
        if (id == 0) {
            return "";
        }
        return id < first ? below(id).name(id) : names.string(data.u32(offset(id)));
    }

    /**
     * The type with this identifier.
     *
     * @throws BtfException if there is none
     */
    public BtfType type(int id) {
        if (id == 0) {
            return new BtfType.Void();
        }
        return id < first ? below(id).type(id) : reader.read(offset(id), id);
    }

    private Btf below(int id) {
        if (base == null) {
            throw new BtfException("there is no type " + id);
        }
        return base;
    }

    private int offset(int id) {
        int position = id - first;
        if (position < 0 || position >= data.count()) {
            throw new BtfException("there is no type " + id + "; they go from 0 to " + (typeCount() - 1));
        }
        return data.offset(position);
    }

    /** The types with this name, of all kinds, in ascending order, those of the base first. */
    public int[] typesNamed(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        int[] below = base == null ? new int[0] : base.typesNamed(name);
        int[] found = below;
        int n = below.length;
        if (wanted.length > 0) {
            NameIndex chains = chains();
            for (int at = chains.first(BtfData.hash(wanted)); at != 0; at = chains.after(at)) {
                if (names.equals(data.u32(data.offset(at - 1)), wanted)) {
                    found = n == found.length ? Arrays.copyOf(found, n + 4) : found;
                    found[n++] = first + at - 1;
                }
            }
        }
        return Arrays.copyOf(found, n);
    }

    /** The first type of this kind and name. */
    public OptionalInt find(BtfKind kind, String name) {
        for (int id : typesNamed(name)) {
            if (kind(id) == kind) {
                return OptionalInt.of(id);
            }
        }
        return OptionalInt.empty();
    }

    private NameIndex chains() {
        NameIndex made = index;
        if (made == null) {
            // Two threads may both make it; the results are equal.
            made = new NameIndex(data, names);
            index = made;
        }
        return made;
    }

    /** The types of a kind that are not of the base, in ascending order. */
    public int[] idsOfKind(BtfKind kind) {
        int[] found = new int[64];
        int n = 0;
        data.readAll();
        for (int position = 0; position < data.count(); position++) {
            if (data.kindAt(data.offset(position)) == kind.number()) {
                found = n == found.length ? Arrays.copyOf(found, n * 2) : found;
                found[n++] = first + position;
            }
        }
        return Arrays.copyOf(found, n);
    }

    /** The names of the functions that are not of the base, in the order of their identifiers; made one by one. */
    public Iterable<String> functionNames() {
        int[] functions = idsOfKind(BtfKind.FUNC);
        return () -> new Iterator<>() {
            private int at;

            @Override
            public boolean hasNext() {
                return at < functions.length;
            }

            @Override
            public String next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return name(functions[at++]);
            }
        };
    }

    /** The type behind typedefs, const, volatile, restrict and type tags. */
    public int skipModifiers(int id) {
        int current = id;
        for (int steps = 0; kind(current).isModifier(); steps++) {
            current = targetOf(current, steps);
        }
        return current;
    }

    /** The type behind const, volatile, restrict and type tags; typedefs stay. */
    public int skipQualifiers(int id) {
        int current = id;
        for (int steps = 0; kind(current).isQualifier(); steps++) {
            current = targetOf(current, steps);
        }
        return current;
    }

    private int targetOf(int id, int steps) {
        if (steps > 64) {
            throw new BtfException("type " + id + " refers to itself");
        }
        return id < first ? base.targetOf(id, steps) : data.u32(offset(id) + 8);
    }

    /**
     * Bytes of a value of this type; pointers have 8.
     *
     * @throws BtfException if it has no size: void, functions, what is only declared
     */
    public int sizeOf(int id) {
        return sizeOf(id, 0);
    }

    private int sizeOf(int id, int depth) {
        int real = skipModifiers(id);
        return switch (type(real)) {
            case BtfType.Int type -> type.size();
            case BtfType.Pointer _ -> 8;
            case BtfType.Array array when depth < 32 -> Math.multiplyExact(array.length(), sizeOf(array.element(), depth + 1));
            case BtfType.Composite composite -> composite.size();
            case BtfType.Enum type -> type.size();
            case BtfType.Enum64 type -> type.size();
            case BtfType.Float type -> type.size();
            case BtfType.DataSec section -> section.size();
            case BtfType.Var variable when depth < 32 -> sizeOf(variable.type(), depth + 1);
            default -> throw new BtfException("the type " + cTypeName(id) + " has no size");
        };
    }

    /** Whether {@link #sizeOf} has an answer for this type itself. */
    public boolean hasSize(int id) {
        return switch (kind(skipModifiers(id))) {
            case VOID, FORWARD, FUNC, FUNC_PROTO, DECL_TAG -> false;
            default -> true;
        };
    }

    /**
     * A member of a struct or union by name, also of the anonymous structs and unions inside.
     *
     * @param compositeId a struct or union, or a typedef or qualified form of one
     * @return empty if it has no such member or is no struct or union
     */
    public Optional<Field> resolveMember(int compositeId, String name) {
        return Fields.find(this, compositeId, name);
    }

    /** All members with a name, also of the anonymous structs and unions inside, in the order of declaration. */
    public List<Field> members(int compositeId) {
        List<Field> result = new ArrayList<>();
        Fields.collect(this, compositeId, result);
        return List.copyOf(result);
    }

    /** The type as C spells it, such as {@code struct sk_buff*}, {@code char const*}, {@code int[4]}. */
    public String cTypeName(int id) {
        return CTypeNames.spell(this, id);
    }
}
