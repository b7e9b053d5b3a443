package org.jstap.symbols.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelVersionTest {
    @Test
    void releasesAreParsed() {
        assertThat(KernelVersion.parse("6.12.118+deb13-cloud-amd64")).isEqualTo(new KernelVersion(6, 12, 118));
        assertThat(KernelVersion.parse("7.2-rc3")).isEqualTo(new KernelVersion(7, 2, 0));
        assertThat(KernelVersion.parse("6.1.0-56-cloud-amd64")).isEqualTo(new KernelVersion(6, 1, 0));
        assertThat(KernelVersion.parse("strange")).isEqualTo(new KernelVersion(0, 0, 0));
    }

    @Test
    void distanceCountsReleasesAcrossMajorNumbers() {
        KernelVersion v618 = KernelVersion.parse("6.18.44");
        assertThat(v618.distance(KernelVersion.parse("6.12.0"))).isEqualTo(6);
        assertThat(v618.distance(KernelVersion.parse("7.2.13"))).isEqualTo(4);
        assertThat(KernelVersion.parse("5.19").distance(KernelVersion.parse("6.0"))).isEqualTo(1);
    }

    @Test
    void order() {
        assertThat(KernelVersion.parse("6.9.1")).isLessThan(KernelVersion.parse("6.12"));
        assertThat(KernelVersion.parse("7.0")).isGreaterThan(KernelVersion.parse("6.12.9"));
        assertThat(KernelVersion.parse("6.1.5")).isLessThan(KernelVersion.parse("6.1.50"));
    }
}
