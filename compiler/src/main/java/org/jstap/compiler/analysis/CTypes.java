package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.compiler.analysis.BoundExpression.Arithmetic;
import org.jstap.compiler.analysis.BoundExpression.NumberConstant;
import org.jstap.compiler.program.Expr;
import org.jstap.compiler.program.Expr.ArithmeticOp;
import org.jstap.compiler.program.Expr.Space;
import org.jstap.ebpf.btf.Btf;
import org.jstap.ebpf.btf.BtfKind;
import org.jstap.ebpf.btf.BtfType;
import org.jstap.ebpf.btf.Field;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.source.Span;
import org.jstap.symbols.NearNames;

/** Walks C types: from a place to its members and elements, and from a place to the value that is there. */
final class CTypes {
    private final Btf btf;

    CTypes(Btf btf) {
        this.btf = btf;
    }

    Btf btf() {
        return btf;
    }

    String spell(int type) {
        return btf.cTypeName(type);
    }

    BtfType plain(int type) {
        return btf.type(btf.skipModifiers(type));
    }

    private static DiagnosticException error(String code, String message, Span at) {
        return new DiagnosticException(Diagnostic.semanticError(code, message, at));
    }

    /** The type that a script names: {@code struct x}, {@code x}, {@code x*}. */
    OptionalInt named(String spelled) {
        String name = spelled.strip();
        boolean pointer = name.endsWith("*");
        while (name.endsWith("*")) {
            name = name.substring(0, name.length() - 1).strip();
        }
        OptionalInt found = OptionalInt.empty();
        if (name.startsWith("struct ")) {
            found = btf.find(BtfKind.STRUCT, name.substring(7).strip());
        } else if (name.startsWith("union ")) {
            found = btf.find(BtfKind.UNION, name.substring(6).strip());
        } else if (name.startsWith("enum ")) {
            found = btf.find(BtfKind.ENUM, name.substring(5).strip());
        } else {
            for (BtfKind kind : List.of(BtfKind.STRUCT, BtfKind.TYPEDEF, BtfKind.UNION, BtfKind.INT, BtfKind.ENUM)) {
                if (found.isEmpty()) {
                    found = btf.find(kind, name);
                }
            }
        }
        return pointer && found.isPresent() && plain(found.getAsInt()) instanceof BtfType.Pointer inner
                ? OptionalInt.of(inner.target()) : found;
    }

    /** Follows a pointer: the object that a place points to. An object that is no pointer is its own target. */
    CPlace target(CPlace place, Span at) {
        BtfType type = plain(place.type());
        if (type instanceof BtfType.Pointer pointer) {
            return CPlace.object(place.inMemory() ? load(place, at) : place.expression(), pointer.target(),
                    isUser(pointer.target()) ? Space.USER : place.space(), place.spelling());
        }
        if (place.inMemory()) {
            return place;
        }
        throw error("no-pointer", "'" + place.spelling() + "' has type '" + spell(place.type()) + "', which is no pointer", at);
    }

    private boolean isUser(int type) {
        int id = type;
        for (int depth = 0; depth < 8; depth++) {
            switch (btf.type(id)) {
                case BtfType.TypeTag tag -> {
                    if (tag.name().equals("user")) {
                        return true;
                    }
                    id = tag.target();
                }
                case BtfType.Const c -> id = c.target();
                case BtfType.Volatile v -> id = v.target();
                default -> {
                    return false;
                }
            }
        }
        return false;
    }

    CPlace member(CPlace place, String name, Span at) {
        CPlace object = target(place, at);
        int type = btf.skipModifiers(object.type());
        BtfType known = btf.type(type);
        if (known instanceof BtfType.Forward forward) {
            OptionalInt full = btf.find(forward.union() ? BtfKind.UNION : BtfKind.STRUCT, forward.name());
            type = full.orElse(type);
            known = btf.type(type);
        }
        if (!(known instanceof BtfType.Composite)) {
            throw error("no-struct", "'" + place.spelling() + "' has type '" + spell(object.type())
                    + "', which has no member '" + name + "'", at);
        }
        Optional<Field> field = btf.resolveMember(type, name);
        if (field.isEmpty()) {
            throw noMember(place, type, name, at);
        }
        return new CPlace(object.expression(), true, object.offset() + field.get().byteOffset(), field.get().type(),
                field.get().isBitField() ? field : Optional.empty(), object.space(), place.spelling() + "->" + name);
    }

    private DiagnosticException noMember(CPlace place, int type, String name, Span at) {
        List<String> names = new ArrayList<>();
        for (Field field : btf.members(type)) {
            names.add(field.name());
        }
        List<String> near = NearNames.find(name, names, 5);
        List<String> shown = near.isEmpty() ? names.subList(0, Math.min(names.size(), 10)) : near;
        return new DiagnosticException(Diagnostic.semanticError("no-member", "unable to find member '" + name + "' of '"
                + spell(type) + "' in '" + place.spelling() + "' (" + (near.isEmpty() ? "members" : "alternatives") + ": "
                + String.join(" ", shown) + (near.isEmpty() && names.size() > 10 ? " ..." : "") + ")", at)
                .seeing("identifier '" + name + "'"));
    }

    private static boolean isCast(CPlace place) {
        return place.inMemory() && place.spelling().equals("@cast");
    }

    CPlace element(CPlace place, BoundExpression index, Span at) {
        BtfType type = plain(place.type());
        CPlace base;
        int element;
        if (type instanceof BtfType.Array array && place.inMemory()) {
            base = place;
            element = array.element();
        } else if (type instanceof BtfType.Pointer pointer) {
            base = target(place, at);
            element = pointer.target();
        } else if (isCast(place)) {
            // A cast is a pointer to its type, with which one can go on to the next.
            base = place;
            element = place.type();
        } else {
            throw error("no-array", "'" + place.spelling() + "' has type '" + spell(place.type()) + "', which has no elements", at);
        }
        long size = btf.hasSize(element) ? btf.sizeOf(element) : 1;
        String spelling = place.spelling() + "[" + at.text() + "]";
        if (index instanceof NumberConstant number) {
            return new CPlace(base.expression(), true, base.offset() + number.value * size, element, Optional.empty(),
                    base.space(), spelling);
        }
        BoundExpression scaled = size == 1 ? index
                : new Arithmetic(ArithmeticOp.MUL, index, new NumberConstant(size, at), at);
        BoundExpression address = new Arithmetic(ArithmeticOp.ADD, base.expression(), scaled, at);
        return new CPlace(address, true, base.offset(), element, Optional.empty(), base.space(), spelling);
    }

    BoundExpression address(CPlace place, Span at) {
        if (!place.inMemory() || place.bitField().isPresent()) {
            throw error("no-address", "'" + place.spelling() + "' has no address", at);
        }
        return place.offset() == 0 ? place.expression()
                : new Arithmetic(ArithmeticOp.ADD, place.expression(), new NumberConstant(place.offset(), at),
                        textBytes(place), at);
    }

    private int textBytes(CPlace place) {
        return place.space() == Expr.Space.KERNEL && plain(place.type()) instanceof BtfType.Array array && isChar(array.element())
                ? btf.sizeOf(place.type()) : 0;
    }

    boolean isScalar(int type) {
        return switch (plain(type)) {
            case BtfType.Int _, BtfType.Enum _, BtfType.Enum64 _, BtfType.Pointer _ -> true;
            default -> false;
        };
    }

    boolean isSigned(int type) {
        return switch (plain(type)) {
            case BtfType.Int i -> i.signed();
            case BtfType.Enum e -> e.signed();
            case BtfType.Enum64 e -> e.signed();
            default -> false;
        };
    }

    /** Whether it is text: an array of, or a pointer to, {@code char}. */
    boolean isText(int type) {
        return switch (plain(type)) {
            case BtfType.Pointer p -> isChar(p.target());
            case BtfType.Array a -> isChar(a.element());
            default -> false;
        };
    }

    boolean isChar(int type) {
        return plain(type) instanceof BtfType.Int i && i.size() == 1 && i.name().endsWith("char")
                && !i.name().startsWith("unsigned");
    }

    /** The value of a place as a script has it: a number, or the address of an array. */
    BoundExpression load(CPlace place, Span at) {
        if (!place.inMemory()) {
            return place.expression();
        }
        BtfType type = plain(place.type());
        if (type instanceof BtfType.Array) {
            return address(place, at);
        }
        if (!isScalar(place.type())) {
            throw error("no-scalar", "'" + place.spelling() + "' has type '" + spell(place.type())
                    + "', which is no number: use a member of it, its address with &, or its text with a trailing $", at);
        }
        int size = btf.sizeOf(place.type());
        long offset = place.offset();
        Optional<Expr.BitField> bits = Optional.empty();
        if (place.bitField().isPresent()) {
            Field field = place.bitField().get();
            int unit = size * 8;
            long start = Math.floorDiv(field.bitOffset(), unit) * (long) unit;
            offset = place.offset() - field.byteOffset() + start / 8;
            bits = Optional.of(new Expr.BitField((int) (field.bitOffset() - start), field.bitSize()));
        }
        Expr.MemoryPlace shape = new Expr.MemoryPlace(new Expr.NumberValue(0, at), offset, size, isSigned(place.type()), bits,
                place.space(), spell(place.type()), place.spelling(), at);
        return new BoundExpression.MemoryUse(place.expression(), shape, at);
    }
}
