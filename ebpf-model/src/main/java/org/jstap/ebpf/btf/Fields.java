package org.jstap.ebpf.btf;

import java.util.List;
import java.util.Optional;

/** Finds members through anonymous structs and unions. */
final class Fields {
    /** C compilers guarantee 63 levels of nested structs; more is malformed. */
    private static final int DEEPEST = 64;

    private Fields() {
    }

    static Optional<Field> find(Btf btf, int compositeId, String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(find(btf, compositeId, name, 0, 0));
    }

    private static Field find(Btf btf, int compositeId, String name, int baseBits, int depth) {
        if (!(btf.type(btf.skipModifiers(compositeId)) instanceof BtfType.Composite composite) || depth > DEEPEST) {
            return null;
        }
        for (BtfType.Member member : composite.members()) {
            if (member.name().equals(name)) {
                return field(btf, member, baseBits);
            }
            if (member.name().isEmpty()) {
                Field inner = find(btf, member.type(), name, baseBits + member.bitOffset(), depth + 1);
                if (inner != null) {
                    return inner;
                }
            }
        }
        return null;
    }

    static void collect(Btf btf, int compositeId, List<Field> result) {
        collect(btf, compositeId, result, 0, 0);
    }

    private static void collect(Btf btf, int compositeId, List<Field> result, int baseBits, int depth) {
        if (!(btf.type(btf.skipModifiers(compositeId)) instanceof BtfType.Composite composite) || depth > DEEPEST) {
            return;
        }
        for (BtfType.Member member : composite.members()) {
            if (member.name().isEmpty()) {
                collect(btf, member.type(), result, baseBits + member.bitOffset(), depth + 1);
            } else {
                result.add(field(btf, member, baseBits));
            }
        }
    }

    /** Old BTF tells the bits of a bit field in its integer type, new BTF in the member. */
    private static Field field(Btf btf, BtfType.Member member, int baseBits) {
        int offset = baseBits + member.bitOffset();
        if (member.bitSize() == 0 && btf.kind(member.type()) == BtfKind.INT && btf.type(member.type()) instanceof BtfType.Int type
                && type.bits() != type.size() * 8) {
            return new Field(member.name(), member.type(), offset + type.bitOffset(), type.bits());
        }
        return new Field(member.name(), member.type(), offset, member.bitSize());
    }
}
