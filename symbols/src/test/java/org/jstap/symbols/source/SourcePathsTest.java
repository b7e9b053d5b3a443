package org.jstap.symbols.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcePathsTest {
    @ParameterizedTest
    @CsvSource({
        "net/socket.c, net/socket.c",
        "./include/linux/fs.h, include/linux/fs.h",
        "/build/linux-6.1.192/arch/x86/kernel/head_64.S, arch/x86/kernel/head_64.S",
        "/usr/src/debug/linux-6.8/./include/linux/fs.h, include/linux/fs.h",
        "fs/xfs/../ext4/a.c, fs/ext4/a.c",
        "../../net/ipv4/tcp.c, net/ipv4/tcp.c",
        "/usr/include/stdio.h, include/stdio.h",
        "scripts/mod/modpost.c, ''",
        "debian/build/amd64/include/generated/a.h, include/generated/a.h",
    })
    void recordedPathsLeadBelowTheSourceDirectory(String recorded, String expected) {
        assertThat(SourcePaths.normalize(recorded)).isEqualTo(expected);
    }
}
