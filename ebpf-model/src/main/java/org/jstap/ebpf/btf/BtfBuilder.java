package org.jstap.ebpf.btf;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes BTF, little-endian. Types get their identifiers in the order they are added, from 1; a type may refer to one that
 * is added later, as {@link #nextId} tells what the next will be. Equal strings are stored once.
 *
 * <p>Not safe for several threads.
 */
public final class BtfBuilder {
    private static final int MAGIC = 0xeb9f;
    private static final int HEADER_LENGTH = 24;
    private static final int MOST_ENTRIES = 0xffff;

    private final ByteSink types = new ByteSink(1024);
    private final ByteSink strings = new ByteSink(1024);
    private final Map<String, Integer> stringOffsets = new HashMap<>();
    private int count;

    /** A builder with no types. */
    public BtfBuilder() {
        string("");
    }

    /** The identifier that the next type gets. */
    public int nextId() {
        return count + 1;
    }

    /** The offset of a string, which is added if it is not there yet. The text must not hold a zero character. */
    public int string(String text) {
        Integer known = stringOffsets.get(text);
        if (known != null) {
            return known;
        }
        if (text.indexOf('\0') >= 0) {
            throw new BtfException("a string of BTF ends at a zero byte, so it cannot hold one");
        }
        int offset = strings.length();
        strings.raw(text.getBytes(StandardCharsets.UTF_8));
        strings.u8(0);
        stringOffsets.put(text, offset);
        return offset;
    }

    /** Adds an integer of so many bytes. */
    public int addInt(String name, int size, boolean signed) {
        return add(new BtfType.Int(name, size, size * 8, 0, signed, false, false));
    }

    /** Adds a pointer. */
    public int addPointer(int target) {
        return add(new BtfType.Pointer(target));
    }

    /** Adds an array. */
    public int addArray(int element, int index, int length) {
        return add(new BtfType.Array(element, index, length));
    }

    /** Adds a struct. */
    public int addStruct(String name, int size, List<BtfType.Member> members) {
        return add(new BtfType.Struct(name, size, members));
    }

    /** Adds the parameters and result of a function. */
    public int addFuncProto(int result, List<BtfType.Parameter> parameters) {
        return add(new BtfType.FuncProto(result, parameters));
    }

    /** Adds a function. */
    public int addFunc(String name, int proto, BtfType.Linkage linkage) {
        return add(new BtfType.Func(name, proto, linkage));
    }

    /**
     * Adds a type of any kind.
     *
     * @return its identifier
     * @throws BtfException for {@code void}, which is there already, or a type with more than 65,535 parts
     */
    public int add(BtfType type) {
        switch (type) {
            case BtfType.Void _ -> throw new BtfException("void is always type 0 and cannot be added");
            case BtfType.Int i -> {
                header(i, 0, false, i.size());
                int flags = (i.signed() ? 1 : 0) | (i.character() ? 2 : 0) | (i.bool() ? 4 : 0);
                types.u32(flags << 24 | i.bitOffset() << 16 | i.bits());
            }
            case BtfType.Pointer pointer -> header(pointer, 0, false, pointer.target());
            case BtfType.Array array -> {
                header(array, 0, false, 0);
                types.u32(array.element());
                types.u32(array.index());
                types.u32(array.length());
            }
            case BtfType.Composite composite -> composite(composite);
            case BtfType.Enum e -> enumeration(e, e.size(), e.signed(), e.enumerators());
            case BtfType.Enum64 e -> enumeration(e, e.size(), e.signed(), e.enumerators());
            case BtfType.Forward forward -> header(forward, 0, forward.union(), 0);
            case BtfType.Typedef typedef -> header(typedef, 0, false, typedef.target());
            case BtfType.Volatile qualifier -> header(qualifier, 0, false, qualifier.target());
            case BtfType.Const qualifier -> header(qualifier, 0, false, qualifier.target());
            case BtfType.Restrict qualifier -> header(qualifier, 0, false, qualifier.target());
            case BtfType.TypeTag tag -> header(tag, 0, false, tag.target());
            case BtfType.Float f -> header(f, 0, false, f.size());
            case BtfType.Func function -> header(function, function.linkage().ordinal(), false, function.proto());
            case BtfType.FuncProto proto -> parameters(proto);
            case BtfType.Var variable -> {
                header(variable, 0, false, variable.type());
                types.u32(variable.linkage().ordinal());
            }
            case BtfType.DataSec section -> {
                header(section, section.variables().size(), false, section.size());
                for (BtfType.Placement placement : section.variables()) {
                    types.u32(placement.var());
                    types.u32(placement.offset());
                    types.u32(placement.size());
                }
            }
            case BtfType.DeclTag tag -> {
                header(tag, 0, false, tag.target());
                types.u32(tag.component());
            }
        }
        return ++count;
    }

    private void composite(BtfType.Composite composite) {
        boolean bitFields = false;
        for (BtfType.Member member : composite.members()) {
            bitFields |= member.bitSize() != 0;
        }
        header(composite, composite.members().size(), bitFields, composite.size());
        for (BtfType.Member member : composite.members()) {
            types.u32(string(member.name()));
            types.u32(member.type());
            types.u32(bitFields ? member.bitSize() << 24 | member.bitOffset() : member.bitOffset());
        }
    }

    private void enumeration(BtfType type, int size, boolean signed, List<BtfType.Enumerator> enumerators) {
        header(type, enumerators.size(), signed, size);
        for (BtfType.Enumerator enumerator : enumerators) {
            types.u32(string(enumerator.name()));
            types.u32((int) enumerator.value());
            if (type instanceof BtfType.Enum64) {
                types.u32((int) (enumerator.value() >>> 32));
            }
        }
    }

    private void parameters(BtfType.FuncProto proto) {
        header(proto, proto.parameters().size(), false, proto.result());
        for (BtfType.Parameter parameter : proto.parameters()) {
            types.u32(string(parameter.name()));
            types.u32(parameter.type());
        }
    }

    private void header(BtfType type, int entries, boolean flag, int sizeOrType) {
        if (entries > MOST_ENTRIES) {
            throw new BtfException("the type '" + type.name() + "' has " + entries + " parts; " + MOST_ENTRIES + " is the most");
        }
        types.u32(string(type.name()));
        types.u32((flag ? 1 << 31 : 0) | type.kind().number() << 24 | entries);
        types.u32(sizeOrType);
    }

    /** The bytes, as BPF_BTF_LOAD and {@link Btf#parse(byte[])} take them. */
    public byte[] build() {
        ByteSink out = new ByteSink(HEADER_LENGTH + types.length() + strings.length());
        out.u16(MAGIC);
        out.u8(1);
        out.u8(0);
        out.u32(HEADER_LENGTH);
        out.u32(0);
        out.u32(types.length());
        out.u32(types.length());
        out.u32(strings.length());
        out.raw(types);
        out.raw(strings);
        return out.toArray();
    }
}
