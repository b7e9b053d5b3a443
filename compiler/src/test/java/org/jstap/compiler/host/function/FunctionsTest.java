package org.jstap.compiler.host.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jstap.compiler.host.FakeServices;
import org.jstap.compiler.host.Fault;
import org.jstap.compiler.host.text.TextBuffer;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.syscall.EncodedText;
import org.jstap.compiler.syscall.SystemCalls;
import org.junit.jupiter.api.Test;

class FunctionsTest {
    private static final int LONGEST = 511;

    @Test
    void numbersFromText() {
        assertThat(StringFunctions.toNumber("42kB", 10)).isEqualTo(42);
        assertThat(StringFunctions.toNumber(" 42", 10)).isZero();
        assertThat(StringFunctions.toNumber("+42", 10)).isZero();
        assertThat(StringFunctions.toNumber("-0x1f", 0)).isEqualTo(-31);
        assertThat(StringFunctions.toNumber("0x1f", 16)).isEqualTo(31);
        assertThat(StringFunctions.toNumber("017", 0)).isEqualTo(15);
        assertThat(StringFunctions.toNumber("18446744073709551617", 10)).isEqualTo(1);
    }

    @Test
    void partsOfStrings() {
        assertThat(StringFunctions.substring("hello", 1, 3)).isEqualTo("ell");
        assertThat(StringFunctions.substring("hello", 3, Long.MAX_VALUE - 1)).isEqualTo("lo");
        assertThat(StringFunctions.substring("hello", 3, Long.MAX_VALUE)).isEmpty();
        assertThat(StringFunctions.substring("hello", 5, 1)).isEmpty();
        assertThat(StringFunctions.substring("hello", -1, 2)).isEmpty();
        assertThat(StringFunctions.substring("hello", 1, -1)).isEmpty();
        assertThatThrownBy(() -> StringFunctions.byteAt("ab", 2)).isInstanceOf(Fault.class).hasMessage("Position out of bounds");
        assertThat(StringFunctions.replace("one two one", "one", "1", LONGEST)).isEqualTo("1 two 1");
        assertThat(StringFunctions.replace("abc", "", "x", LONGEST)).isEqualTo("abc");
    }

    @Test
    void quotes() {
        assertThat(StringFunctions.quoted("hello world", 5)).isEqualTo("\"\"...");
        assertThat(StringFunctions.quoted("a\tb\tc\td", 6)).isEqualTo("\"a\"...");
        assertThat(StringFunctions.quoted("hello", 50)).isEqualTo("\"hello\"");
        assertThat(StringFunctions.escaped("hello world", 5)).isEqualTo("hello");
        assertThat(StringFunctions.quoted("\1".repeat(200), LONGEST)).hasSize(509).endsWith("\\001\"...");
        assertThat(StringFunctions.escaped("\1".repeat(200), LONGEST)).hasSize(508);
    }

    @Test
    void aWidthOfAnySize() {
        TextBuffer out = new TextBuffer();
        out.append('x');
        out.fill(' ', Integer.MAX_VALUE);
        assertThat(out.length()).isLessThan(2 << 20);
    }

    @Test
    void names() {
        assertThat(ErrnoNames.name(2)).isEqualTo("ENOENT");
        assertThat(ErrnoNames.name(-13)).isEqualTo("EACCES");
        assertThat(ErrnoNames.name(131)).isEqualTo("ENOTRECOVERABLE");
        assertThat(ErrnoNames.name(512)).isEmpty();
        assertThat(ErrnoNames.name(41)).isEmpty();
        assertThat(ErrnoNames.name(0)).isEmpty();
        assertThat(ErrnoNames.name(4096)).isEmpty();
        assertThat(SignalNames.name(0)).isEmpty();
        assertThat(SignalNames.name(9)).isEqualTo("KILL");
        assertThat(SignalNames.name(29)).isEqualTo("IO/POLL");
        assertThat(SignalNames.name(32)).isEqualTo("RTMIN");
        assertThat(SignalNames.name(64)).isEqualTo("RTMIN+32");
        assertThat(SignalNames.name(65)).isEmpty();
        assertThat(SignalNames.mask(0x4005)).isEqualTo("1,3,15");
        SystemCalls calls = SystemCalls.current();
        assertThat(calls.name(0)).isEqualTo("read");
        assertThat(calls.name(334)).isEqualTo("rseq");
        assertThat(calls.name(340)).isEmpty();
        assertThat(calls.number("munmap")).isEqualTo(11);
        assertThat(calls.number("nonsense")).isEqualTo(-1);
    }

    @Test
    void dates() {
        assertThat(TimeFunctions.date(0)).isEqualTo("Thu Jan  1 00:00:00 1970");
        assertThat(TimeFunctions.date(951_782_399)).isEqualTo("Mon Feb 28 23:59:59 2000");
        assertThat(TimeFunctions.date(951_782_400)).isEqualTo("Tue Feb 29 00:00:00 2000");
        assertThat(TimeFunctions.date(-1)).isEqualTo("Wed Dec 31 23:59:59 1969");
        assertThatThrownBy(() -> TimeFunctions.date(Long.MIN_VALUE)).isInstanceOf(Fault.class);
    }

    @Test
    void addresses() {
        assertThat(AddressFunctions.ipv4(0x0100007f)).isEqualTo("127.0.0.1");
        assertThat(AddressFunctions.ipv4(-1)).isEqualTo("255.255.255.255");
        byte[] loopback = new byte[16];
        assertThat(AddressFunctions.ipv6(loopback)).isEqualTo("::");
        loopback[15] = 1;
        assertThat(AddressFunctions.ipv6(loopback)).isEqualTo("::1");
        loopback[0] = 0x20;
        loopback[1] = 1;
        assertThat(AddressFunctions.ipv6(loopback)).isEqualTo("2001::1");
        assertThat(AddressFunctions.symbolData(new FakeServices(), 0x1010)).isEqualTo("some_function+0x10/0x40 [kernel]");
        assertThat(AddressFunctions.symbolName(new FakeServices(), 0x99)).isEqualTo("0x99");
    }

    @Test
    void modulesAndLoad() {
        assertThat(AddressFunctions.probedModule("module(\"ext4\").function(\"ext4_sync_fs\").call")).isEqualTo("ext4");
        assertThat(AddressFunctions.probedModule("kernel.function(\"do_exit\").call")).isEqualTo("kernel");
        assertThat(AddressFunctions.probedModule("begin")).isEqualTo("<unknown>");
        assertThat(TimeFunctions.loadAverage("0.31 12.58 3.00", 1)).isEqualTo(12);
        assertThatThrownBy(() -> TimeFunctions.loadAverage("0.31 0.58 0.59", 3)).isInstanceOf(Fault.class);
    }

    @Test
    void buffersInQuotesKeepTheirZeros() {
        assertThat(quotedBuffer("a\0\"b", 4, 512)).isEqualTo("\"a\\0\\\"b\"");
        assertThat(quotedBuffer("stapio\0\0\0", 9, 14)).as("a zero takes the room of four").isEqualTo("\"stapio\\0\"");
        assertThat(quotedBuffer("abcdef", 3, 512)).as("no more than was asked for").isEqualTo("\"abc\"");
        assertThat(quotedBuffer("abcdefghijkl", 12, 10)).as("no longer than was asked for").isEqualTo("\"abcde\"...");
        assertThat(quotedBuffer("abcdefghij", 100, 512)).as("more than was kept").isEqualTo("\"abcde\"...");
        assertThat(quotedBuffer("abc", 3, 0)).isEmpty();
    }

    /** As a program in the kernel leaves a buffer of {@code size} bytes, of which it kept some. */
    private static String quotedBuffer(String kept, long size, int most) {
        ByteBuffer bytes = ByteBuffer.allocate(EncodedText.MEMORY_AT + kept.length()).order(ByteOrder.nativeOrder());
        bytes.put(0, (byte) EncodedText.MARK).put(EncodedText.FORM, (byte) EncodedText.QUOTED);
        bytes.putShort(EncodedText.NUMBER, (short) most).putLong(EncodedText.MEMORY_SIZE, size);
        bytes.put(EncodedText.MEMORY_AT, kept.getBytes(StandardCharsets.ISO_8859_1));
        return EncodedText.decode(bytes.array(), LONGEST).orElseThrow();
    }

    @Test
    void floatingPoint() {
        long sevenHalves = FloatFunctions.bits(3.5);
        assertThat(FloatFunctions.toText(sevenHalves, 3)).isEqualTo("3.500");
        assertThat(FloatFunctions.toText(FloatFunctions.bits(14), 0)).isEqualTo("14");
        assertThat(FloatFunctions.toText(FloatFunctions.bits(Math.sqrt(2)), 5)).isEqualTo("1.41421");
        assertThat(FloatFunctions.toLong(sevenHalves, 0)).isEqualTo(4);
        assertThat(FloatFunctions.toLong(sevenHalves, 1)).isEqualTo(3);
        assertThat(FloatFunctions.fromText("-1.5")).isEqualTo(0xbff8000000000000L);
        assertThatThrownBy(() -> FloatFunctions.fromText("x")).isInstanceOf(Fault.class);
    }

    @Test
    void noTwoIntrinsicsHaveTheSameWordAndNumberOfParameters() {
        Set<String> seen = new HashSet<>();
        for (Intrinsic intrinsic : Intrinsic.values()) {
            assertThat(seen.add(intrinsic.word() + "/" + intrinsic.parameters().size())).as(intrinsic.word()).isTrue();
        }
    }
}
