package org.jstap.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TraceableFunctionsTest {
    @Test
    void aLineIsANameAndPerhapsAModule() {
        assertThat(TraceableFunctions.parse("__sys_socket\nudp_tunnel_sock_release [udp_tunnel]\ntab\there\n\nlast_without_end"))
                .containsExactlyInAnyOrder("__sys_socket", "udp_tunnel_sock_release", "tab", "last_without_end");
    }

    @Test
    void anEmptyListHasNoFunctions() {
        assertThat(TraceableFunctions.parse("")).isEmpty();
    }

    @Test
    void theListWithAddresses() {
        String text = "ffffffff81000010 __sys_socket\nffffffffc0000004 udp_tunnel_sock_release [udp_tunnel]\n\nffffffff80000000 first\n"
                + "no address\nffffffff82000000 last_without_end";
        assertThat(TraceableFunctions.parseAddresses(text.getBytes(StandardCharsets.ISO_8859_1)))
                .containsExactly(0xffffffff80000000L, 0xffffffff81000010L, 0xffffffff82000000L, 0xffffffffc0000004L);
        assertThat(TraceableFunctions.parseAddresses(new byte[0])).isEmpty();
    }

    /** A function starts at the place that is patched, or with a landing pad before it. */
    @Test
    void aFunctionIsHookedAtItsStartOrJustBehind() {
        long[] places = {0xffffffff81000010L, 0xffffffff81000024L};
        assertThat(TraceableFunctions.isHooked(places, 0xffffffff81000010L)).isTrue();
        assertThat(TraceableFunctions.isHooked(places, 0xffffffff81000020L)).isTrue();
        assertThat(TraceableFunctions.isHooked(places, 0xffffffff81000000L)).isFalse();
        assertThat(TraceableFunctions.isHooked(places, 0xffffffff81000030L)).isFalse();
        assertThat(TraceableFunctions.isHooked(new long[0], 0xffffffff81000030L)).isFalse();
    }
}
