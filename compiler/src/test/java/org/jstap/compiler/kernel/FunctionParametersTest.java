package org.jstap.compiler.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.kernel.emit.ImagePrinter;
import org.junit.jupiter.api.Test;

/** Where the parameters of a function are: a structure that is passed by value fills one word or two. */
class FunctionParametersTest {
    private static String pass3(String script) {
        IrProgram program = Kernels.lower(script);
        return PlanPrinter.print(program, Kernels.plan(program));
    }

    @Test
    void whatFollowsAStructureOfTwoWordsIsOneWordFurther() {
        assertThat(pass3("probe kernel.function(\"tcp_setsockopt\") { println($optname, $optlen) }"))
                .contains("argument 2 (s32)", "argument 5 (u32)");
        assertThat(pass3("probe kernel.function(\"sock_set_timestamping\") { println($optname) }")).contains("argument 1 (s32)");
    }

    @Test
    void theResultIsBehindAllWords() {
        assertThat(ImagePrinter.print(Kernels.assembled("probe kernel.function(\"tcp_setsockopt\").return { println($return) }")))
                .contains("*(u64 *)(r6 + 48)");
    }
}
