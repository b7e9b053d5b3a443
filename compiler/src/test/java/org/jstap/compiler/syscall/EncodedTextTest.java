package org.jstap.compiler.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Memory that a kernel handler has kept as a text. */
class EncodedTextTest {
    private static byte[] encoded(int form, String memory, long size, boolean read) {
        ByteBuffer text = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());
        text.put(0, (byte) EncodedText.MARK).put(EncodedText.FORM, (byte) form).put(EncodedText.READ, (byte) (read ? 1 : 0));
        text.putLong(EncodedText.MEMORY_SIZE, size);
        text.put(EncodedText.MEMORY_AT, memory.getBytes(StandardCharsets.ISO_8859_1));
        return text.array();
    }

    private static String decoded(int form, String memory, long size, int most) {
        return EncodedText.decode(encoded(form, memory, size, true), most).orElseThrow();
    }

    @Test
    void showsMemoryAsDigitsUpToTheLengthOfAString() {
        assertThat(decoded(EncodedText.HEX, "\0\u00ffAz", 4, 511)).isEqualTo("00ff417a");
        assertThat(decoded(EncodedText.HEX, "AB", 0, 511)).isEmpty();
        assertThat(decoded(EncodedText.HEX, "A".repeat(300), 300, 511)).isEqualTo("41".repeat(256).substring(0, 511));
    }

    @Test
    void isEmptyWhereMemoryCouldNotBeRead() {
        assertThat(EncodedText.decode(encoded(EncodedText.HEX, "", 8, false), 511)).contains("");
    }
}
