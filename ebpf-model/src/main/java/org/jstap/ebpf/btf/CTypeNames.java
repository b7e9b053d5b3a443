package org.jstap.ebpf.btf;

/** Spells types in C, with qualifiers behind what they qualify and no space before stars. */
final class CTypeNames {
    private static final int DEEPEST = 32;

    private final Btf btf;

    private CTypeNames(Btf btf) {
        this.btf = btf;
    }

    static String spell(Btf btf, int id) {
        return new CTypeNames(btf).declare(id, "", 0);
    }

    /** The declaration of something of this type; {@code inner} is the declarator built so far, from the inside out. */
    private String declare(int id, String inner, int depth) {
        if (depth > DEEPEST) {
            return "..." + inner;
        }
        return switch (btf.type(id)) {
            case BtfType.Void _ -> "void" + inner;
            case BtfType.Pointer(int target) -> declare(target, pointer(target, inner), depth + 1);
            case BtfType.Array(int element, int _, int length) ->
                declare(element, inner + "[" + (length == 0 ? "" : Integer.toString(length)) + "]", depth + 1);
            case BtfType.Struct type -> tagged("struct", type.name()) + inner;
            case BtfType.Union type -> tagged("union", type.name()) + inner;
            case BtfType.Enum type -> tagged("enum", type.name()) + inner;
            case BtfType.Enum64 type -> tagged("enum", type.name()) + inner;
            case BtfType.Forward type -> tagged(type.union() ? "union" : "struct", type.name()) + inner;
            case BtfType.Volatile(int target) -> declare(target, " volatile" + inner, depth + 1);
            case BtfType.Const(int target) -> declare(target, " const" + inner, depth + 1);
            case BtfType.Restrict(int target) -> declare(target, " restrict" + inner, depth + 1);
            case BtfType.TypeTag type -> declare(type.target(), inner, depth + 1);
            case BtfType.DeclTag type -> declare(type.target(), inner, depth + 1);
            case BtfType.FuncProto proto -> declare(proto.result(), inner + parameters(proto, depth), depth + 1);
            case BtfType.Func type -> declare(type.proto(), " " + type.name() + inner, depth + 1);
            case BtfType.Var type -> declare(type.type(), " " + type.name() + inner, depth + 1);
            case BtfType.Int type -> type.name() + inner;
            case BtfType.Typedef type -> type.name() + inner;
            case BtfType.Float type -> type.name() + inner;
            case BtfType.DataSec type -> type.name() + inner;
        };
    }

    private String pointer(int target, String inner) {
        BtfKind kind = btf.kind(btf.skipQualifiers(target));
        if (kind == BtfKind.FUNC_PROTO) {
            return " (*" + inner.stripLeading() + ")";
        }
        return kind == BtfKind.ARRAY ? " (*" + inner.stripLeading() + ")" : "*" + inner;
    }

    private String parameters(BtfType.FuncProto proto, int depth) {
        if (proto.parameters().isEmpty()) {
            return "(void)";
        }
        StringBuilder out = new StringBuilder("(");
        for (BtfType.Parameter parameter : proto.parameters()) {
            if (out.length() > 1) {
                out.append(", ");
            }
            out.append(parameter.type() == 0 && parameter.name().isEmpty() ? "..." : declare(parameter.type(), "", depth + 1));
        }
        return out.append(')').toString();
    }

    private static String tagged(String keyword, String name) {
        return name.isEmpty() ? keyword + " {...}" : keyword + " " + name;
    }
}
