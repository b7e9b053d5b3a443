package org.jstap.ebpf.btf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jstap.ebpf.asm.Code;
import org.jstap.ebpf.asm.Instruction;
import org.jstap.ebpf.asm.Register;

/**
 * The debug information that goes with a program to BPF_PROG_LOAD: a BTF blob with a function type for each function, the
 * table of functions ({@code struct bpf_func_info}, 8 bytes a record) and the table of source lines
 * ({@code struct bpf_line_info}, 16 bytes a record), all little-endian. The kernel needs it for callbacks and quotes the
 * source lines in its log.
 *
 * @param btf         for BPF_BTF_LOAD
 * @param functionInfo records of 8 bytes
 * @param lineInfo    records of 16 bytes; empty if the code has no source lines
 */
public record ProgramBtf(byte[] btf, byte[] functionInfo, byte[] lineInfo) {
    /** Bytes of a {@code struct bpf_func_info}. */
    public static final int FUNCTION_INFO_SIZE = 8;
    /** Bytes of a {@code struct bpf_line_info}. */
    public static final int LINE_INFO_SIZE = 16;

    /** The kernel keeps 22 bits of line and 10 of column. */
    private static final int HIGHEST_LINE = (1 << 22) - 1;
    private static final int HIGHEST_COLUMN = (1 << 10) - 1;
    /** Shorter than KSYM_NAME_LEN of all kernels. */
    private static final int LONGEST_NAME = 100;

    public ProgramBtf {
        btf = btf.clone();
        functionInfo = functionInfo.clone();
        lineInfo = lineInfo.clone();
    }

    @Override
    public byte[] btf() {
        return btf.clone();
    }

    @Override
    public byte[] functionInfo() {
        return functionInfo.clone();
    }

    @Override
    public byte[] lineInfo() {
        return lineInfo.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProgramBtf that && Arrays.equals(btf, that.btf) && Arrays.equals(functionInfo, that.functionInfo)
                && Arrays.equals(lineInfo, that.lineInfo);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(btf) * 31 + Arrays.hashCode(lineInfo);
    }

    /** The debug information of a program. */
    public static ProgramBtf of(Code code) {
        BtfBuilder builder = new BtfBuilder();
        byte[] functions = new Prototypes(builder).functions(code);
        byte[] lines = lines(code, builder);
        return new ProgramBtf(builder.build(), functions, lines);
    }

    /** All functions are static, so that the verifier follows calls with what it knows of the arguments. */
    private static final class Prototypes {
        private final BtfBuilder builder;
        private final int signedInt;
        private final int unsignedInt;
        private final int unsignedLong;
        private final int voidPointer;

        Prototypes(BtfBuilder builder) {
            this.builder = builder;
            this.signedInt = builder.addInt("int", 4, true);
            this.unsignedInt = builder.addInt("unsigned int", 4, false);
            this.unsignedLong = builder.addInt("unsigned long long", 8, false);
            this.voidPointer = builder.addPointer(0);
        }

        byte[] functions(Code code) {
            Set<Integer> callbacks = callbacks(code);
            ByteSink out = new ByteSink(code.functions().size() * FUNCTION_INFO_SIZE);
            for (Code.Function function : code.functions()) {
                int proto;
                if (function.slot() == 0) {
                    proto = builder.addFuncProto(signedInt, List.of(new BtfType.Parameter("ctx", voidPointer)));
                } else if (callbacks.contains(function.slot())) {
                    proto = builder.addFuncProto(signedInt, callbackParameters(function.parameterCount()));
                } else {
                    proto = builder.addFuncProto(unsignedLong, plainParameters(function.parameterCount()));
                }
                out.u32(function.slot());
                out.u32(builder.addFunc(identifier(function.name()), proto, BtfType.Linkage.STATIC));
            }
            return out.toArray();
        }

        /** With two parameters as bpf_loop calls it, otherwise as bpf_for_each_map_elem does: map, key, value, context. */
        private List<BtfType.Parameter> callbackParameters(int count) {
            if (count == 2) {
                return List.of(new BtfType.Parameter("index", unsignedInt), new BtfType.Parameter("ctx", voidPointer));
            }
            String[] names = {"map", "key", "value", "ctx", "more"};
            List<BtfType.Parameter> result = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                result.add(new BtfType.Parameter(names[i], voidPointer));
            }
            return result;
        }

        private List<BtfType.Parameter> plainParameters(int count) {
            List<BtfType.Parameter> result = new ArrayList<>(count);
            for (int i = 1; i <= count; i++) {
                result.add(new BtfType.Parameter("a" + i, unsignedLong));
            }
            return result;
        }

        private static Set<Integer> callbacks(Code code) {
            Set<Integer> result = new HashSet<>();
            int slot = 0;
            for (Instruction instruction : code.instructions()) {
                if (instruction instanceof Instruction.LoadFunction(Register _, int distance)) {
                    result.add(slot + 1 + distance);
                }
                slot += instruction.slots();
            }
            return result;
        }
    }

    /** The kernel refuses function names that are no C identifiers. */
    private static String identifier(String name) {
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < name.length() && i < LONGEST_NAME; i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            boolean digit = c >= '0' && c <= '9';
            if (digit && i == 0) {
                out.append('_');
            }
            out.append(letter || digit ? c : '_');
        }
        return out.isEmpty() ? "_" : out.toString();
    }

    /** The kernel wants a line for the start of every function, or no lines at all. */
    private static byte[] lines(Code code, BtfBuilder builder) {
        ByteSink out = new ByteSink((code.lines().size() + code.functions().size()) * LINE_INFO_SIZE);
        if (code.lines().isEmpty()) {
            return out.toArray();
        }
        int nextFunction = 0;
        for (Code.Line line : code.lines()) {
            while (nextFunction < code.functions().size() && code.functions().get(nextFunction).slot() <= line.slot()) {
                Code.Function function = code.functions().get(nextFunction++);
                if (function.slot() < line.slot()) {
                    line(out, builder, new Code.Line(function.slot(), line.file(), 0, 0, function.name()));
                }
            }
            line(out, builder, line);
        }
        while (nextFunction < code.functions().size()) {
            Code.Function function = code.functions().get(nextFunction++);
            line(out, builder, new Code.Line(function.slot(), code.lines().getLast().file(), 0, 0, function.name()));
        }
        return out.toArray();
    }

    private static void line(ByteSink out, BtfBuilder builder, Code.Line line) {
        out.u32(line.slot());
        out.u32(builder.string(line.file()));
        out.u32(builder.string(line.text()));
        out.u32(Math.clamp(line.line(), 0, HIGHEST_LINE) << 10 | Math.clamp(line.column(), 0, HIGHEST_COLUMN));
    }
}
