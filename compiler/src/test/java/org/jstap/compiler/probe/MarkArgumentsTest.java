package org.jstap.compiler.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkArgumentsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            8@%rdi            | register("rdi")
            -8@%rdi           | register("rdi")
            -4@%edi           | ((register("edi") << 32) >> 32)
            2@%ax             | (register("ax") & 65535)
            -4@$5             | (5)
            8@$-1             | (-1)
            -8@-16(%rbp)      | @uderef(8, -16 + register("rbp"))
            -4@(%rax)         | ((@uderef(4, 0 + register("rax")) << 32) >> 32)
            -8@8(%rbx,%rcx,4) | @uderef(8, 8 + register("rbx") + register("rcx") * 4)
            """)
    void operandsOfTheAssembler(String specification, String expression) {
        assertThat(MarkArguments.expression(specification).orElseThrow()).isEqualTo(expression);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8@counter(%rip)", "4f@%xmm0", "8@%fs:16"})
    void operandsThatCannotBeToldAreLeftOut(String specification) {
        assertThat(MarkArguments.expression(specification)).isEmpty();
    }

    @Test
    void expressionsAreOnesOfTheLanguage() {
        assertThat(Snippets.expression(MarkArguments.expression("-4@-20(%rbp,%rax,4)").orElseThrow())).isNotNull();
    }
}
