package org.jstap.ebpf.btf;

import java.util.List;

/**
 * A type. Other types are given by their identifiers; 0 is {@code void}. Names are empty where the type has none.
 */
public sealed interface BtfType {

    /** The kind, as in the encoding. */
    BtfKind kind();

    /** The name; empty if it has none. */
    default String name() {
        return "";
    }

    /** No type at all, identifier 0. */
    record Void() implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.VOID;
        }
    }

    /**
     * An integer.
     *
     * @param size      in bytes
     * @param bits      how many of them count; fewer than the size only in old bit fields
     * @param bitOffset where these bits start, for old bit fields
     * @param signed    whether it has a sign
     * @param character whether it is marked as a character; compilers seldom do so for {@code char}
     * @param bool      whether it is a boolean
     */
    record Int(String name, int size, int bits, int bitOffset, boolean signed, boolean character, boolean bool)
            implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.INT;
        }
    }

    /** A pointer. */
    record Pointer(int target) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.POINTER;
        }
    }

    /** An array of one dimension; {@code length} 0 is one of open length. */
    record Array(int element, int index, int length) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.ARRAY;
        }
    }

    /** A struct or union. */
    sealed interface Composite extends BtfType permits Struct, Union {
        /** Bytes. */
        int size();

        /** In the order of declaration. */
        List<Member> members();
    }

    /**
     * A member.
     *
     * @param name      empty for an anonymous struct or union
     * @param bitOffset bits from the start of the struct
     * @param bitSize   bits of a bit field; 0 for a member that is none
     */
    record Member(String name, int type, int bitOffset, int bitSize) {
    }

    /** A struct. */
    record Struct(String name, int size, List<Member> members) implements Composite {
        public Struct {
            members = List.copyOf(members);
        }

        @Override
        public BtfKind kind() {
            return BtfKind.STRUCT;
        }
    }

    /** A union. */
    record Union(String name, int size, List<Member> members) implements Composite {
        public Union {
            members = List.copyOf(members);
        }

        @Override
        public BtfKind kind() {
            return BtfKind.UNION;
        }
    }

    /** A name for a number. */
    record Enumerator(String name, long value) {
    }

    /** An enumeration of up to 32 bits. */
    record Enum(String name, int size, boolean signed, List<Enumerator> enumerators) implements BtfType {
        public Enum {
            enumerators = List.copyOf(enumerators);
        }

        @Override
        public BtfKind kind() {
            return BtfKind.ENUM;
        }
    }

    /** An enumeration of 64 bits (kernel 6.0). */
    record Enum64(String name, int size, boolean signed, List<Enumerator> enumerators) implements BtfType {
        public Enum64 {
            enumerators = List.copyOf(enumerators);
        }

        @Override
        public BtfKind kind() {
            return BtfKind.ENUM64;
        }
    }

    /** A struct or union that is declared but not defined. */
    record Forward(String name, boolean union) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.FORWARD;
        }
    }

    /** Another name of a type. */
    record Typedef(String name, int target) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.TYPEDEF;
        }
    }

    /** A volatile type. */
    record Volatile(int target) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.VOLATILE;
        }
    }

    /** A constant type. */
    record Const(int target) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.CONST;
        }
    }

    /** A restricted pointer. */
    record Restrict(int target) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.RESTRICT;
        }
    }

    /** Who may see a function or variable. */
    enum Linkage {
        STATIC, GLOBAL, EXTERN
    }

    /** A function; {@code proto} is its {@link FuncProto}. */
    record Func(String name, int proto, Linkage linkage) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.FUNC;
        }
    }

    /** A parameter; of a variadic function the last one has no name and type 0. */
    record Parameter(String name, int type) {
    }

    /** The parameters and result of a function. */
    record FuncProto(int result, List<Parameter> parameters) implements BtfType {
        public FuncProto {
            parameters = List.copyOf(parameters);
        }

        @Override
        public BtfKind kind() {
            return BtfKind.FUNC_PROTO;
        }
    }

    /** A variable. */
    record Var(String name, int type, Linkage linkage) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.VAR;
        }
    }

    /** A variable's place in a section; bytes. */
    record Placement(int var, int offset, int size) {
    }

    /** A section of variables. */
    record DataSec(String name, int size, List<Placement> variables) implements BtfType {
        public DataSec {
            variables = List.copyOf(variables);
        }

        @Override
        public BtfKind kind() {
            return BtfKind.DATASEC;
        }
    }

    /** A floating-point number; {@code size} in bytes. */
    record Float(String name, int size) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.FLOAT;
        }
    }

    /** A remark on a declaration; {@code component} is the member or parameter, -1 for the whole. */
    record DeclTag(String name, int target, int component) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.DECL_TAG;
        }
    }

    /** A remark on a type, such as {@code user} on what a pointer points to in user memory. */
    record TypeTag(String name, int target) implements BtfType {
        @Override
        public BtfKind kind() {
            return BtfKind.TYPE_TAG;
        }
    }
}
