package org.jstap.ebpf.btf;

import java.util.ArrayList;
import java.util.List;

/** Makes the object of one type from its bytes. */
final class TypeReader {
    private static final BtfType.Linkage[] LINKAGES = BtfType.Linkage.values();

    private final BtfData data;
    private final Names names;

    TypeReader(BtfData data, Names names) {
        this.data = data;
        this.names = names;
    }

    BtfType read(int at, int id) {
        String name = names.string(data.u32(at));
        int third = data.u32(at + 8);
        return switch (BtfKind.of(data.kindAt(at), id)) {
            case VOID -> new BtfType.Void();
            case INT -> integer(name, third, data.u32(at + 12));
            case POINTER -> new BtfType.Pointer(third);
            case ARRAY -> new BtfType.Array(data.u32(at + 12), data.u32(at + 16), data.u32(at + 20));
            case STRUCT -> new BtfType.Struct(name, third, members(at));
            case UNION -> new BtfType.Union(name, third, members(at));
            case ENUM -> new BtfType.Enum(name, third, data.flagAt(at), enumerators(at));
            case ENUM64 -> new BtfType.Enum64(name, third, data.flagAt(at), enumerators64(at));
            case FORWARD -> new BtfType.Forward(name, data.flagAt(at));
            case TYPEDEF -> new BtfType.Typedef(name, third);
            case VOLATILE -> new BtfType.Volatile(third);
            case CONST -> new BtfType.Const(third);
            case RESTRICT -> new BtfType.Restrict(third);
            case FUNC -> new BtfType.Func(name, third, linkage(data.entriesAt(at), id));
            case FUNC_PROTO -> new BtfType.FuncProto(third, parameters(at));
            case VAR -> new BtfType.Var(name, third, linkage(data.u32(at + 12), id));
            case DATASEC -> new BtfType.DataSec(name, third, placements(at));
            case FLOAT -> new BtfType.Float(name, third);
            case DECL_TAG -> new BtfType.DeclTag(name, third, data.u32(at + 12));
            case TYPE_TAG -> new BtfType.TypeTag(name, third);
        };
    }

    private static BtfType integer(String name, int size, int encoding) {
        int flags = encoding >>> 24;
        return new BtfType.Int(name, size, encoding & 0xff, encoding >>> 16 & 0xff, (flags & 1) != 0, (flags & 2) != 0,
                (flags & 4) != 0);
    }

    private static BtfType.Linkage linkage(int number, int id) {
        if (number < 0 || number >= LINKAGES.length) {
            throw new BtfException("type " + id + " has the unknown linkage " + number);
        }
        return LINKAGES[number];
    }

    private List<BtfType.Member> members(int at) {
        int count = data.entriesAt(at);
        boolean bitFields = data.flagAt(at);
        List<BtfType.Member> result = new ArrayList<>(count);
        for (int i = 0, entry = at + 12; i < count; i++, entry += 12) {
            int offset = data.u32(entry + 8);
            result.add(new BtfType.Member(names.string(data.u32(entry)), data.u32(entry + 4),
                    bitFields ? offset & 0xffffff : offset, bitFields ? offset >>> 24 : 0));
        }
        return result;
    }

    private List<BtfType.Enumerator> enumerators(int at) {
        int count = data.entriesAt(at);
        boolean signed = data.flagAt(at);
        List<BtfType.Enumerator> result = new ArrayList<>(count);
        for (int i = 0, entry = at + 12; i < count; i++, entry += 8) {
            int value = data.u32(entry + 4);
            result.add(new BtfType.Enumerator(names.string(data.u32(entry)), signed ? value : value & 0xffffffffL));
        }
        return result;
    }

    private List<BtfType.Enumerator> enumerators64(int at) {
        int count = data.entriesAt(at);
        List<BtfType.Enumerator> result = new ArrayList<>(count);
        for (int i = 0, entry = at + 12; i < count; i++, entry += 12) {
            result.add(new BtfType.Enumerator(names.string(data.u32(entry)),
                    data.u32(entry + 4) & 0xffffffffL | (long) data.u32(entry + 8) << 32));
        }
        return result;
    }

    private List<BtfType.Parameter> parameters(int at) {
        int count = data.entriesAt(at);
        List<BtfType.Parameter> result = new ArrayList<>(count);
        for (int i = 0, entry = at + 12; i < count; i++, entry += 8) {
            result.add(new BtfType.Parameter(names.string(data.u32(entry)), data.u32(entry + 4)));
        }
        return result;
    }

    private List<BtfType.Placement> placements(int at) {
        int count = data.entriesAt(at);
        List<BtfType.Placement> result = new ArrayList<>(count);
        for (int i = 0, entry = at + 12; i < count; i++, entry += 12) {
            result.add(new BtfType.Placement(data.u32(entry), data.u32(entry + 4), data.u32(entry + 8)));
        }
        return result;
    }
}
