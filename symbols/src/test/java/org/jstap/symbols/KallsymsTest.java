package org.jstap.symbols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KallsymsTest {
    private static final String SAMPLE = """
            0000000000000000 A fixed_percpu_data
            0000000000001000 A cpu_tss_rw
            ffffffff81000000 T _stext
            ffffffff81000000 T _text
            ffffffff81000010 t helper
            ffffffff81000040 T sock_alloc
            ffffffff81000080 t sock_free
            ffffffff810000c0 t helper
            ffffffff81000100 D some_data
            garbage
            ffffffff81000200 W weak_one
            ffffffffc0301000 t nf_hook\t[nf_conntrack]
            ffffffffc0301080 t helper\t[nf_conntrack]
            ffffffffc0101000 t veth_xmit\t[veth]
            ffffffffc0201000 t bpf_prog_6deef7357e7b4530\t[bpf]
            """;

    private static Kallsyms sample() {
        return Kallsyms.of(SAMPLE.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void everyGoodLineIsASymbol() {
        Kallsyms kallsyms = sample();
        assertThat(kallsyms.size()).isEqualTo(14);
        assertThat(kallsyms.symbol(5)).isEqualTo(new KernelSymbol(0xffffffff81000040L, 'T', "sock_alloc", ""));
        assertThat(kallsyms.symbol(10)).isEqualTo(new KernelSymbol(0xffffffffc0301000L, 't', "nf_hook", "nf_conntrack"));
        assertThat(kallsyms.module(12)).isEqualTo("veth");
        assertThat(kallsyms.module(13)).isEqualTo("bpf");
        assertThat(kallsyms.problem()).isEmpty();
        assertThatThrownBy(() -> kallsyms.name(14)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aNameCanStandForSeveral() {
        assertThat(sample().byName("helper")).extracting(KernelSymbol::address)
                .containsExactly(0xffffffff81000010L, 0xffffffff810000c0L, 0xffffffffc0301080L);
        assertThat(sample().byName("nothing")).isEmpty();
        assertThat(sample().indicesOf("sock_free")).containsExactly(6);
        assertThat(sample().byName("sock_alloc").getFirst().isGlobal()).isTrue();
        assertThat(sample().byName("weak_one").getFirst().isText()).isTrue();
        assertThat(sample().byName("some_data").getFirst().isText()).isFalse();
    }

    @Test
    void addressesResolveAsTheKernelPrintsThem() {
        Kallsyms kallsyms = sample();
        assertThat(kallsyms.at(0xffffffff8100005fL)).map(SymbolLocation::describe).contains("sock_alloc+0x1f/0x40");
        assertThat(kallsyms.at(0xffffffff81000000L)).map(SymbolLocation::describe).contains("_stext+0x0/0x10");
        assertThat(kallsyms.at(0xffffffffc0101004L)).map(SymbolLocation::describe)
                .contains("veth_xmit+0x4/0x100000 [veth]");
        assertThat(kallsyms.at(0xffffffffc0301090L)).map(SymbolLocation::describe)
                .contains("helper+0x10 [nf_conntrack]");
    }

    @Test
    void whatNoSymbolCoversIsNotGuessed() {
        assertThat(sample().at(0x7fff00001000L)).isEmpty();
        assertThat(sample().at(0xffffffff80ffffffL)).isEmpty();
        assertThat(sample().at(0xffffffffb0000000L)).isEmpty();
        assertThat(sample().at(-1)).isEmpty();
    }

    @Test
    void neighboursAreInTheOrderOfAddresses() {
        Kallsyms kallsyms = sample();
        assertThat(kallsyms.before(0xffffffffc0301000L)).map(KernelSymbol::name).contains("bpf_prog_6deef7357e7b4530");
        assertThat(kallsyms.after(0xffffffff81000200L)).map(KernelSymbol::name).contains("veth_xmit");
        assertThat(kallsyms.after(0xffffffffc0301080L)).isEmpty();
        List<Long> addresses = new ArrayList<>();
        for (int rank = 0; rank < kallsyms.size(); rank++) {
            addresses.add(kallsyms.address(kallsyms.indexAtRank(rank)));
        }
        assertThat(addresses).isSortedAccordingTo(Long::compareUnsigned);
    }

    @Test
    void patterns() {
        Kallsyms kallsyms = sample();
        assertThat(kallsyms.matching(Glob.of("sock_*"))).extracting(KernelSymbol::name)
                .containsExactly("sock_alloc", "sock_free");
        assertThat(kallsyms.matching(Glob.of("helper"))).hasSize(3);
        List<Integer> indices = new ArrayList<>();
        kallsyms.forEachMatching(Glob.of("*_xmit"), indices::add);
        assertThat(indices).containsExactly(12);
        assertThat(kallsyms.nameStartsWith(6, "sock_")).isTrue();
        assertThat(kallsyms.nameStartsWith(6, "sock_free_all")).isFalse();
    }

    @Test
    void hiddenAddressesAreSaid() {
        Kallsyms hidden = Kallsyms.of("0000000000000000 T a\n0000000000000000 t b\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(hidden.addressesHidden()).isTrue();
        assertThat(hidden.problem()).hasValueSatisfying(text -> assertThat(text).contains("kptr_restrict"));
        assertThat(hidden.at(0)).isEmpty();
        assertThat(hidden.byName("b")).hasSize(1);
        assertThat(Kallsyms.of(new byte[0]).problem()).isPresent();
    }

    @Test
    void aFileWithoutLastNewlineAndLongerThanTheBuffer(@TempDir Path dir) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 300_000; i++) {
            text.append("ffffffff8").append(Integer.toHexString(0x1000000 + i)).append(" t f").append(i).append('\n');
        }
        text.append("ffffffffc0000000 t last [m]");
        Path file = Files.writeString(dir.resolve("kallsyms"), text);
        Kallsyms kallsyms = Kallsyms.read(file);
        assertThat(kallsyms.size()).isEqualTo(300_001);
        assertThat(kallsyms.symbol(300_000)).isEqualTo(new KernelSymbol(0xffffffffc0000000L, 't', "last", "m"));
        assertThat(kallsyms.indicesOf("f299999")).containsExactly(299_999);
    }

    @Test
    void theRunningKernel() throws IOException {
        assumeTrue(Files.isReadable(Kallsyms.PROC), "skipped: /proc/kallsyms cannot be read");
        Kallsyms kallsyms = Kallsyms.read(Kallsyms.PROC);
        try (var lines = Files.lines(Kallsyms.PROC)) {
            assertThat((long) kallsyms.size()).isCloseTo(lines.count(), org.assertj.core.data.Offset.offset(50L));
        }
        List<KernelSymbol> found = kallsyms.byName("vfs_read");
        assertThat(found).hasSize(1);
        assumeTrue(!kallsyms.addressesHidden(), "skipped: the kernel hides addresses (needs root)");
        long address = found.getFirst().address();
        assertThat(kallsyms.at(address + 5)).hasValueSatisfying(at -> {
            assertThat(at.symbol().name()).isEqualTo("vfs_read");
            assertThat(at.offset()).isEqualTo(5);
        });
    }
}
