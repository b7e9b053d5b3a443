package org.jstap.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiveHostTest {
    @Test
    void theLastNodeOfAListOfRanges() {
        assertThat(LiveHost.lastNode("0")).isZero();
        assertThat(LiveHost.lastNode("0-3")).isEqualTo(3);
        assertThat(LiveHost.lastNode("0,2-3,12")).isEqualTo(12);
        assertThat(LiveHost.lastNode("")).isZero();
    }
}
