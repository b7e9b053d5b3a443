package org.jstap.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearNamesTest {
    private static final List<String> NAMES = List.of("tcp_sendmsg", "tcp_sendmsg_locked", "tcp_sendpage", "tcp_recvmsg",
            "udp_sendmsg", "sock_alloc", "vfs_read", "vfs_write", "tcp_sendmsg");

    @Test
    void nearestFirst() {
        assertThat(NearNames.find("tcp_sendmgs", NAMES, 3)).startsWith("tcp_sendmsg").doesNotHaveDuplicates();
        assertThat(NearNames.find("vfs_raed", NAMES, 1)).containsExactly("vfs_read");
    }

    @Test
    void aMissingEndingIsNear() {
        assertThat(NearNames.find("tcp_sendm", NAMES, 2)).containsExactly("tcp_sendmsg", "tcp_sendmsg_locked");
    }

    @Test
    void wildcardsAreLeftOut() {
        assertThat(NearNames.find("vfs_wriet*", NAMES, 2)).containsExactly("vfs_write");
    }

    @Test
    void nothingWhenNothingIsNear() {
        assertThat(NearNames.find("zzzzzz", NAMES, 3)).isEmpty();
        assertThat(NearNames.find("***", NAMES, 3)).isEmpty();
    }

    @Test
    void editsAreBounded() {
        assertThat(NearNames.edits("kitten", "sitting", 5)).isEqualTo(3);
        assertThat(NearNames.edits("kitten", "sitting", 2)).isEqualTo(3);
        assertThat(NearNames.edits("abcd", "abdc", 2)).isEqualTo(1);
        assertThat(NearNames.edits("a", "abcdefgh", 3)).isEqualTo(4);
    }
}
