package org.jstap.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class StrftimeTest {
    private static final ZonedDateTime TIME = ZonedDateTime.of(2026, 3, 5, 14, 7, 9, 0, ZoneOffset.ofHoursMinutes(5, 30));

    @Test
    void conversionsAreThoseOfTheCLibrary() {
        assertThat(Strftime.format("%Y-%m-%dT%H:%M:%S%z", TIME)).isEqualTo("2026-03-05T14:07:09+0530");
        assertThat(Strftime.format("%F %T|%D|%R|%r", TIME)).isEqualTo("2026-03-05 14:07:09|03/05/26|14:07|02:07:09 PM");
        assertThat(Strftime.format("%a %A %b %B %e %j %u %w %y %C", TIME)).isEqualTo("Thu Thursday Mar March  5 064 4 4 26 20");
        assertThat(Strftime.format("%s", TIME)).isEqualTo(Long.toString(TIME.toEpochSecond()));
        assertThat(Strftime.format("%V %G", TIME)).isEqualTo("10 2026");
    }

    @Test
    void whatIsNoConversionStays() {
        assertThat(Strftime.format("100%% of %Q%", TIME)).isEqualTo("100% of %Q%");
    }
}
