package org.jstap.language.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternsTest {
    @ParameterizedTest
    @CsvSource({
        "2.6.5, 2.6.5, 0", "2.6.5, 2.6.12, -1", "6.12, 6.9, 1", "6.1, 6.10, -1", "4.10, 4.1, 1", "5.6, 5.6.1, -1",
        "000, 00, -1", "00, 01, -1", "01, 010, -1", "010, 09, -1", "09, 0, -1", "0, 1, -1", "1, 9, -1", "9, 10, -1",
        "item#99, item#100, -1", "part1_f012, part1_f01, 1", "foo.0, foo.009, 1",
    })
    void versionsCompareAsStrverscmpSays(String a, String b, int sign) {
        assertThat(Integer.signum(Patterns.compareVersions(a, b))).isEqualTo(sign);
        assertThat(Integer.signum(Patterns.compareVersions(b, a))).isEqualTo(-sign);
    }

    @ParameterizedTest
    @CsvSource({
        "*, x, true", "x86*, x86_64, true", "?, ab, false", "[a-c]x, bx, true", "[!a-c]x, bx, false", "a*b*c, aXbYc, true",
        "a*b*c, aXbY, false", "2.6.13*smp, 2.6.13-1smp, true", "[, [, true", "'\\*', *, true", "'\\*', x, false",
    })
    void patternsMatchAsFnmatchSays(String pattern, String text, boolean expected) {
        assertThat(Patterns.matches(pattern, text)).isEqualTo(expected);
    }
}
