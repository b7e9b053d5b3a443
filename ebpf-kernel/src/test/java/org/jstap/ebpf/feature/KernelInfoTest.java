package org.jstap.ebpf.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KernelInfoTest {

    @Test
    void readsVersions() {
        assertThat(KernelVersion.parse("6.18.44-fc")).isEqualTo(new KernelVersion(6, 18));
        assertThat(KernelVersion.parse("7.2-rc1")).isEqualTo(new KernelVersion(7, 2));
        assertThat(KernelVersion.parse("odd")).isEqualTo(new KernelVersion(0, 0));
        assertThat(new KernelVersion(5, 18).isAtLeast(new KernelVersion(5, 9))).isTrue();
        assertThat(new KernelVersion(5, 18).isAtLeast(new KernelVersion(6, 0))).isFalse();
    }

    @Test
    void readsOptions() {
        String text = "# a comment\nCONFIG_BPF=y\n# CONFIG_KPROBES is not set\nCONFIG_FUSE=m\nCONFIG_HZ=250\n";
        KernelConfig config = KernelConfig.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(config.isSet("CONFIG_BPF")).isTrue();
        assertThat(config.isSet("CONFIG_FUSE")).isTrue();
        assertThat(config.isSet("CONFIG_KPROBES")).isFalse();
        assertThat(config.value("CONFIG_HZ")).hasValue("250");
        assertThat(config.value("CONFIG_KPROBES")).isEmpty();
    }

    @Test
    void readsCapabilities() {
        Capabilities all = Capabilities.parse("Name:\tjava\nCapEff:\t000001fffeffffff\nCapBnd:\t0\n");
        assertThat(all.admin()).isTrue();
        assertThat(all.bpf()).isTrue();
        assertThat(all.perfmon()).isTrue();
        assertThat(all.resource()).isFalse();
        Capabilities tracing = Capabilities.parse("CapEff:\t000000c000000000");
        assertThat(tracing.admin()).isFalse();
        assertThat(tracing.bpf()).isTrue();
        assertThat(tracing.perfmon()).isTrue();
        assertThat(Capabilities.parse("nothing").bpf()).isFalse();
    }

    @Test
    void readsTheLockdownMode() {
        assertThat(KernelInfo.chosen("none [integrity] confidentiality")).hasValue("integrity");
        assertThat(KernelInfo.chosen("")).isEmpty();
    }
}
