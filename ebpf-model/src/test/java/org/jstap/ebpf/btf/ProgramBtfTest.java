package org.jstap.ebpf.btf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Code;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.junit.jupiter.api.Test;

class ProgramBtfTest {
    private static Assembler withCallback() {
        Label callback = new Label("callback");
        Label helper = new Label("helper");
        return new Assembler().beginFunction("probe kernel.function", new Label("main"), 1)
                .loadFunction(Register.R2, callback).callFunction(helper).exit()
                .beginFunction("callback", callback, 2).source("a.stp", 7, 3, "foreach (x in y)").mov(Register.R0, 0).exit()
                .beginFunction("helper", helper, 3).exit();
    }

    @Test
    void givesEveryFunctionAStaticPrototype() {
        ProgramBtf program = ProgramBtf.of(withCallback().assemble());
        Btf btf = Btf.parse(program.btf());
        ByteBuffer records = ByteBuffer.wrap(program.functionInfo()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(records.remaining()).isEqualTo(3 * ProgramBtf.FUNCTION_INFO_SIZE);
        int[] slots = {0, 4, 6};
        String[] spelled = {"int probe_kernel_function(void*)", "int callback(unsigned int, void*)",
            "unsigned long long helper(unsigned long long, unsigned long long, unsigned long long)"};
        for (int i = 0; i < 3; i++) {
            assertThat(records.getInt()).isEqualTo(slots[i]);
            int id = records.getInt();
            assertThat(btf.cTypeName(id)).isEqualTo(spelled[i]);
            assertThat(((BtfType.Func) btf.type(id)).linkage()).isEqualTo(BtfType.Linkage.STATIC);
        }
    }

    @Test
    void givesEveryFunctionAFirstLine() {
        Code code = withCallback().assemble();
        ProgramBtf program = ProgramBtf.of(code);
        ByteBuffer records = ByteBuffer.wrap(program.lineInfo()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(records.remaining()).isEqualTo(3 * ProgramBtf.LINE_INFO_SIZE);
        assertThat(records.getInt(0)).as("the main function has no source of its own").isZero();
        assertThat(records.getInt(16)).isEqualTo(4);
        assertThat(records.getInt(28)).isEqualTo(7 << 10 | 3);
        assertThat(records.getInt(32)).isEqualTo(6);
        assertThat(new String(program.btf(), StandardCharsets.ISO_8859_1)).contains("\0a.stp\0", "\0foreach (x in y)\0");
    }

    @Test
    void hasNoLinesForCodeWithoutSource() {
        assertThat(ProgramBtf.of(new Assembler().exit().assemble()).lineInfo()).isEmpty();
    }
}
