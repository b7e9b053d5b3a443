package org.jstap.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "tcp_sendmsg, tcp_sendmsg, true",
        "tcp_sendmsg, tcp_sendmsg_locked, false",
        "tcp_*, tcp_sendmsg, true",
        "tcp_*, tcp_, true",
        "tcp_*, udp_sendmsg, false",
        "*sendmsg, tcp_sendmsg, true",
        "*sendmsg, tcp_sendmsg_locked, false",
        "*_send*_l*, tcp_sendmsg_locked, true",
        "*a*b*a*, xxabxxbxax, true",
        "*ab, aab, true",
        "*, x, true",
        "*, '', true",
        "?, '', false",
        "tcp_?end*, tcp_sendmsg, true",
        "tcp_[rs]e*, tcp_recvmsg, true",
        "tcp_[rs]e*, tcp_poll, false",
        "tcp_[!rs]*, tcp_poll, true",
        "tcp_[^rs]*, tcp_sendmsg, false",
        "v[0-9a]_x, va_x, true",
        "v[0-9a]_x, v5_x, true",
        "v[0-9a]_x, vb_x, false",
        "x[]y]z, x]z, true",
        "x[a-], x-, true",
        "x[ab, x[ab, true",
        "x[ab, xa, false",
        "a\\*b, a*b, true",
        "a\\*b, axb, false",
        "net/*.c, net/ipv4/tcp.c, true",
    })
    void matches(String pattern, String name, boolean expected) {
        assertThat(Glob.of(pattern).matches(name)).isEqualTo(expected);
    }

    @Test
    void matchesInsideABuffer() {
        byte[] text = "xx tcp_sendmsg yy".getBytes(StandardCharsets.US_ASCII);
        assertThat(Glob.of("tcp_*g").matches(text, 3, 14)).isTrue();
        assertThat(Glob.of("tcp_*g").matches(text, 3, 13)).isFalse();
    }

    @Test
    void knowsWhatItIs() {
        assertThat(Glob.of("tcp_sendmsg").isLiteral()).isTrue();
        assertThat(Glob.of("tcp_s*").isLiteral()).isFalse();
        assertThat(Glob.of("tcp_s*").literalPrefix()).isEqualTo("tcp_s");
        assertThat(Glob.of("a\\*b").literalPrefix()).isEqualTo("a*b");
        assertThat(Glob.of("*").matchesEverything()).isTrue();
        assertThat(Glob.of("*a").matchesEverything()).isFalse();
        assertThat(Glob.isPattern("sock_[ab]")).isTrue();
        assertThat(Glob.isPattern("sock_a")).isFalse();
        assertThat(Glob.of("a*")).isEqualTo(Glob.of("a*")).hasToString("a*");
    }

    @Test
    void manyStarsTakeNoExponentialTime() {
        assertThat(Glob.of("*a".repeat(30) + "*b").matches("a".repeat(4000))).isFalse();
    }
}
