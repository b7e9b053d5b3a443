package org.jstap.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

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
}
