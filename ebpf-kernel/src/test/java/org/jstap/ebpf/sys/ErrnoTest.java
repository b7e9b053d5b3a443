package org.jstap.ebpf.sys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrnoTest {

    @Test
    void namesAndExplains() {
        assertThat(Errno.describe(1)).isEqualTo("EPERM (operation not permitted)");
        assertThat(Errno.describe(524)).isEqualTo("ENOTSUPP (operation not supported)");
        assertThat(Errno.describe(110)).isEqualTo("ETIMEDOUT");
        assertThat(Errno.describe(4000)).isEqualTo("errno 4000");
    }

    @Test
    void failsOnlyForNegatedErrnos() {
        assertThat(SystemCalls.failed(-1)).isTrue();
        assertThat(SystemCalls.failed(-4095)).isTrue();
        assertThat(SystemCalls.failed(-4096)).isFalse();
        assertThat(SystemCalls.failed(0)).isFalse();
    }
}
