package org.jstap.language.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.FormatPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {
    private static List<FormatPart> format(String format) {
        return ((Expression.Print) Scripts.expression("printf(\"" + format + "\", 1)")).format();
    }

    private static FormatPart.Conversion conversion(String format) {
        return (FormatPart.Conversion) format(format).getFirst();
    }

    @Test
    void textAndConversionsAreParts() {
        List<FormatPart> parts = format("a\\n%%%d\\x25");
        assertThat(parts).hasSize(3);
        assertThat(((FormatPart.LiteralText) parts.getFirst()).text()).isEqualTo("a\n%");
        assertThat(((FormatPart.Conversion) parts.get(1)).letter()).isEqualTo(FormatPart.Letter.DECIMAL);
        assertThat(((FormatPart.LiteralText) parts.get(2)).text()).isEqualTo("%");
    }

    @Test
    void widthAndPrecision() {
        assertThat(conversion("%-12.3ls")).returns(FormatPart.Flag.LEFT, FormatPart.Conversion::flag)
                .returns(new FormatPart.Measure.Fixed(12), FormatPart.Conversion::width)
                .returns(new FormatPart.Measure.Fixed(3), FormatPart.Conversion::precision)
                .returns(FormatPart.Letter.STRING, FormatPart.Conversion::letter);
        assertThat(conversion("%*.*d").argumentCount()).isEqualTo(3);
        assertThat(conversion("%.d").precision()).isEqualTo(new FormatPart.Measure.None());
        assertThat(conversion("%d").precision()).isEqualTo(new FormatPart.Measure.None());
    }

    @Test
    void zeroPadsOnlyAsTheOnlyFlag() {
        assertThat(conversion("%08.3d").padsWithZeros()).isTrue();
        assertThat(conversion("%+05d").padsWithZeros()).isFalse();
        assertThat(conversion("%#010x").padsWithZeros()).isFalse();
        assertThat(conversion("%-05d").zero()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "50%", "%-#8x", "%0-8d", "%hd", "%lld", "%q", "%5%", "%+ d", "%99999999999d"})
    void whatIsNoConversionIsRefused(String format) {
        assertThat(Scripts.firstError("probe begin { printf(\"" + format + "\", 1) }").message())
                .isEqualTo("invalid or missing conversion specifier");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "c", "d", "i", "o", "p", "s", "u", "x", "X", "m", "M"})
    void everyLetterIsKnown(String letter) {
        assertThat(conversion("%" + letter).letter().letter()).isEqualTo(letter.charAt(0));
    }
}
