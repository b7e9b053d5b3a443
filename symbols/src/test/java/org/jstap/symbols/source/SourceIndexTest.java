package org.jstap.symbols.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceIndexTest {
    private static final KernelVersion V6_1 = KernelVersion.parse("6.1");
    private static final KernelVersion V6_12 = KernelVersion.parse("6.12");
    private static final KernelVersion V7_2 = KernelVersion.parse("7.2");

    private static SourceIndex small() {
        IndexWriter writer = new IndexWriter(List.of("6.1.5", "6.12.9", "7.2.1"));
        writer.add(0, "net/socket.c", "sock_alloc", 100);
        writer.add(1, "net/socket.c", "sock_alloc", 110);
        writer.add(2, "net/socket.c", "sock_alloc", 90);
        writer.add(0, "net/socket.c", "old_only", 50);
        writer.add(2, "net/socket.c", "new_only", 60);
        writer.add(1, "net/socket.c", "init_once", 70);
        writer.add(1, "fs/inode.c", "init_once", 700);
        writer.add(2, "fs/inode.c", "new_inode", 0);
        writer.add(0, "include/net/sock.h", "sk_free", 3);
        return SourceIndex.of(writer.toBytes());
    }

    @Test
    void whatIsWrittenIsRead() {
        SourceIndex index = small();
        assertThat(index.kernels()).containsExactly("6.1.5", "6.12.9", "7.2.1");
        assertThat(index.files()).containsExactly("fs/inode.c", "include/net/sock.h", "net/socket.c");
        assertThat(index.functionsIn("net/socket.c", V6_12)).containsExactlyInAnyOrder(
                new IndexedFunction("old_only", "net/socket.c", 50, 1, false),
                new IndexedFunction("new_only", "net/socket.c", 60, 4, false),
                new IndexedFunction("init_once", "net/socket.c", 70, 2, true),
                new IndexedFunction("sock_alloc", "net/socket.c", 110, 7, false));
        assertThat(index.functionsIn("fs/inode.c", V7_2)).containsExactlyInAnyOrder(
                new IndexedFunction("init_once", "fs/inode.c", 700, 2, true),
                new IndexedFunction("new_inode", "fs/inode.c", 0, 4, false));
    }

    @Test
    void linesAreThoseOfTheKernelAskedFor() {
        SourceIndex index = small();
        assertThat(lineOf(index, V6_1)).isEqualTo(100);
        assertThat(lineOf(index, V6_12)).isEqualTo(110);
        assertThat(lineOf(index, V7_2)).isEqualTo(90);
    }

    private static int lineOf(SourceIndex index, KernelVersion version) {
        List<IndexedFunction> found = index.filesOf("sock_alloc", version);
        assertThat(found).hasSize(1);
        return found.getFirst().line();
    }

    @Test
    void aFileIsMeantByTheEndOfItsPath() {
        SourceIndex index = small();
        assertThat(index.files("socket.c")).containsExactly("net/socket.c");
        assertThat(index.files("*/socket.c")).containsExactly("net/socket.c");
        assertThat(index.files("net/*")).containsExactly("include/net/sock.h", "net/socket.c");
        assertThat(index.files("sock*.[ch]")).containsExactly("include/net/sock.h", "net/socket.c");
        assertThat(index.files("ocket.c")).isEmpty();
        assertThat(index.files("net/socket")).isEmpty();
    }

    @Test
    void aFunctionCanHaveSeveralFiles() {
        SourceIndex index = small();
        assertThat(index.filesOf("init_once", V6_12)).extracting(IndexedFunction::file)
                .containsExactly("fs/inode.c", "net/socket.c");
        assertThat(index.filesOf("nothing", V6_12)).isEmpty();
        assertThat(index.mayKnow("sk_free")).isTrue();
    }

    @Test
    void theNearestKernelAnswers() {
        SourceIndex index = small();
        assertThat(index.closest(KernelVersion.parse("5.10"))).isZero();
        assertThat(index.closest(KernelVersion.parse("6.6"))).isZero();
        assertThat(index.closest(KernelVersion.parse("6.7"))).isEqualTo(1);
        assertThat(index.closest(KernelVersion.parse("6.18"))).isEqualTo(2);
        assertThat(index.closest(KernelVersion.parse("9.1"))).isEqualTo(2);
    }

    @Test
    void manyFilesFillManyBlocks() {
        IndexWriter writer = new IndexWriter(List.of("6.1"));
        for (int file = 0; file < 200; file++) {
            for (int i = 0; i < 100; i++) {
                writer.add(0, "net/f" + file + ".c", "function_" + file + "_" + i, i * file);
            }
        }
        SourceIndex index = SourceIndex.of(writer.toBytes());
        assertThat(index.files()).hasSize(200);
        assertThat(index.functionsIn("f173.c", V6_1)).hasSize(100)
                .contains(new IndexedFunction("function_173_99", "net/f173.c", 99 * 173, 1, false));
        int wronglyKnown = 0;
        for (int i = 0; i < 1000; i++) {
            assertThat(index.mayKnow("function_" + i % 200 + "_" + i % 100)).isTrue();
            wronglyKnown += index.mayKnow("unknown_" + i) ? 1 : 0;
        }
        assertThat(wronglyKnown).isLessThan(60);
    }

    @Test
    void whatIsNoIndexIsRefused() {
        assertThatThrownBy(() -> SourceIndex.of(new byte[100])).isInstanceOf(IllegalArgumentException.class);
        byte[] cut = Arrays.copyOf(small().files().toString().getBytes(), 10);
        assertThatThrownBy(() -> SourceIndex.of(cut)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theShippedIndexKnowsTheSocketLayer() throws IOException {
        SourceIndex index = SourceIndex.load();
        assertThat(index.kernels()).hasSizeGreaterThanOrEqualTo(3);
        for (KernelVersion version : List.of(V6_1, V6_12, V7_2)) {
            int kernel = index.closest(version);
            assertThat(KernelVersion.parse(index.kernels().get(kernel)).distance(version)).isZero();
            List<String> names = new ArrayList<>();
            for (IndexedFunction function : index.functionsIn("net/socket.c", version)) {
                assertThat(function.line()).isPositive();
                if (function.isIn(kernel) && function.file().equals("net/socket.c")) {
                    names.add(function.name());
                }
            }
            assertThat(names).as("kernel %s", version).hasSizeBetween(120, 300).doesNotHaveDuplicates()
                    .contains("__sys_socket", "sock_alloc", "sock_alloc_inode", "__sys_bind", "__x64_sys_bind")
                    .doesNotContain("tcp_sendmsg", "sock_init_data");
        }
    }

    @Test
    void theShippedIndexCoversTheKernelsParts() throws IOException {
        SourceIndex index = SourceIndex.load();
        for (String file : List.of("fs/read_write.c", "mm/page_alloc.c", "kernel/sched/core.c", "block/blk-mq.c",
                "ipc/sem.c", "security/security.c", "lib/vsprintf.c", "arch/x86/kernel/process.c", "io_uring/io_uring.c",
                "init/main.c", "crypto/api.c", "drivers/base/core.c", "net/netfilter/nf_conntrack_core.c",
                "drivers/net/veth.c", "fs/xfs/xfs_file.c", "net/ipv6/tcp_ipv6.c")) {
            assertThat(index.functionsIn(file, V6_12)).as(file).isNotEmpty();
        }
        assertThat(index.filesOf("tcp_sendmsg", V6_12)).extracting(IndexedFunction::file)
                .containsExactly("net/ipv4/tcp.c");
        for (String file : index.files()) {
            assertThat(file).doesNotStartWith("/").doesNotContain("..").doesNotContain("//");
        }
    }
}
