package org.jstap.symbols.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jstap.symbols.Kallsyms;
import org.jstap.symbols.KernelSymbol;
import org.jstap.symbols.source.ResolvedFunction.Source;
import org.junit.jupiter.api.Test;

class FunctionResolverTest {
    private static final String RELEASE = "6.12.44-test";

    private static final String TABLE = """
            ffffffff81000000 T _stext
            ffffffff81000100 T border_before
            ffffffff81000200 t init_once
            ffffffff81000300 T far_away
            ffffffff81001000 t __pfx_a_first
            ffffffff81001010 T a_first
            ffffffff81001090 t newcomer.isra.0
            ffffffff81001100 t init_once
            ffffffff81001180 t header_copy
            ffffffff81001200 t a_second.constprop.0
            ffffffff81001280 t a_second.cold
            ffffffff81001300 t __probestub_event
            ffffffff81001400 T a_third
            ffffffff81001500 t border_after
            ffffffff81001600 T b_first
            """;

    private static Kallsyms kallsyms(String text) {
        return Kallsyms.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static IndexWriter writer() {
        IndexWriter writer = new IndexWriter(List.of("6.1.1", "6.12.1"));
        writer.add(1, "net/a.c", "a_first", 10);
        writer.add(1, "net/a.c", "a_second", 20);
        writer.add(1, "net/a.c", "a_third", 30);
        writer.add(1, "net/a.c", "init_once", 40);
        writer.add(1, "net/a.c", "inlined_here", 50);
        writer.add(1, "net/b.c", "b_first", 10);
        writer.add(1, "fs/inode.c", "init_once", 5);
        writer.add(1, "fs/inode.c", "far_away", 6);
        writer.add(1, "include/net/a.h", "header_copy", 7);
        return writer;
    }

    private static FunctionResolver resolver(IndexWriter writer) {
        return new FunctionResolver(SourceIndex.of(writer.toBytes()), RELEASE, Optional.empty());
    }

    private static List<String> symbols(List<ResolvedFunction> functions) {
        return functions.stream().map(ResolvedFunction::symbol).toList();
    }

    @Test
    void theIndexAndTheNeighboursAnswerTogether() throws IOException {
        List<ResolvedFunction> found = resolver(writer()).resolve("*", "net/a.c", kallsyms(TABLE));
        assertThat(symbols(found)).containsExactly(
                "a_first", "newcomer.isra.0", "init_once", "a_second.constprop.0", "a_third");
        assertThat(found.get(0)).isEqualTo(new ResolvedFunction(
                "a_first", "a_first", 0xffffffff81001010L, "", "net/a.c", 10, Source.INDEX));
        assertThat(found.get(1)).isEqualTo(new ResolvedFunction(
                "newcomer", "newcomer.isra.0", 0xffffffff81001090L, "", "net/a.c", 0, Source.NEIGHBOUR));
        assertThat(found.get(2).address()).isEqualTo(0xffffffff81001100L);
    }

    @Test
    void ofSeveralOfANameTheOneInTheFileIsMeant() throws IOException {
        List<ResolvedFunction> found = resolver(writer()).resolve("init_once", "fs/inode.c", kallsyms(TABLE));
        assertThat(found).extracting(ResolvedFunction::address).containsExactly(0xffffffff81000200L);
    }

    @Test
    void patternsMatchTheNameInTheSourceOrTheSymbol() throws IOException {
        FunctionResolver resolver = resolver(writer());
        Kallsyms kallsyms = kallsyms(TABLE);
        assertThat(symbols(resolver.resolve("a_second", "a.c", kallsyms))).containsExactly("a_second.constprop.0");
        assertThat(symbols(resolver.resolve("*.isra.*", "a.c", kallsyms))).containsExactly("newcomer.isra.0");
        assertThat(symbols(resolver.resolve("?_first", "net/*.c", kallsyms))).containsExactly("a_first", "b_first");
        assertThat(resolver.resolve("*", "net/none.c", kallsyms)).isEmpty();
        assertThat(resolver.describe(resolver.resolve("*", "net/a.c", kallsyms)))
                .contains("4 from").contains("6.12.1").contains("1 by their neighbours");
    }

    @Test
    void aFunctionTakenOutOfTheIndexComesBack() throws IOException {
        String table = """
                ffffffff81001010 T a_first
                ffffffff81001200 t a_second
                ffffffff81001400 T a_third
                """;
        IndexWriter without = new IndexWriter(List.of("6.12.1"));
        without.add(0, "net/a.c", "a_first", 10);
        without.add(0, "net/a.c", "a_third", 30);
        List<ResolvedFunction> found = resolver(without).resolve("*", "a.c", kallsyms(table));
        assertThat(found).extracting(ResolvedFunction::source)
                .containsExactly(Source.INDEX, Source.NEIGHBOUR, Source.INDEX);
        assertThat(found.get(1).symbol()).isEqualTo("a_second");
    }

    @Test
    void aFileThatIsNotInTheKernelClaimsNothing() throws IOException {
        IndexWriter writer = new IndexWriter(List.of("6.12.1"));
        for (String file : List.of("fs/nls/base.c", "fs/nls/greek.c")) {
            writer.add(0, file, "char2uni", 1);
            writer.add(0, file, "uni2char", 2);
        }
        writer.add(0, "fs/nls/base.c", "register_nls", 3);
        writer.add(0, "fs/nls/greek.c", "init_greek", 3);
        String table = """
                ffffffff81000100 t char2uni
                ffffffff81000200 t uni2char
                ffffffff81000300 T register_nls
                """;
        assertThat(symbols(resolver(writer).resolve("*", "base.c", kallsyms(table))))
                .containsExactly("char2uni", "uni2char", "register_nls");
        assertThat(resolver(writer).resolve("*", "greek.c", kallsyms(table))).isEmpty();
    }

    @Test
    void whatMovedToAnotherFileIsNotClaimed() throws IOException {
        IndexWriter writer = new IndexWriter(List.of("6.1.1", "6.12.1"));
        writer.add(0, "net/old.c", "moved", 1);
        writer.add(1, "net/new.c", "moved", 1);
        writer.add(0, "net/old.c", "stayed", 2);
        writer.add(1, "net/old.c", "stayed", 2);
        writer.add(1, "net/new.c", "other", 2);
        String table = """
                ffffffff81000100 T stayed
                ffffffff81000200 T between
                ffffffff81000300 T other
                ffffffff81000400 T moved
                """;
        assertThat(symbols(resolver(writer).resolve("*", "old.c", kallsyms(table)))).containsExactly("stayed");
        assertThat(symbols(resolver(writer).resolve("*", "new.c", kallsyms(table)))).containsExactly("other", "moved");
    }

    @Test
    void hiddenAddressesDoNotHinder() throws IOException {
        String hidden = TABLE.replaceAll("(?m)^[0-9a-f]{16}", "0000000000000000");
        assertThat(symbols(resolver(writer()).resolve("*", "net/a.c", kallsyms(hidden))))
                .containsExactly("a_first", "newcomer.isra.0", "init_once", "a_second.constprop.0", "a_third");
    }

    @Test
    void neighboursAreSoughtInTheSameModuleOnly() throws IOException {
        String table = """
                ffffffffc0001000 t a_first\t[mod_a]
                ffffffffc0001100 t unknown_one\t[mod_b]
                ffffffffc0001200 t a_third\t[mod_b]
                """;
        assertThat(symbols(resolver(writer()).resolve("*", "net/a.c", kallsyms(table))))
                .containsExactly("a_first", "a_third");
    }

    @Test
    void debugInformationAnswersFirst() throws IOException, URISyntaxException {
        Path vmlinux = Path.of(FunctionResolverTest.class.getResource("/org/jstap/symbols/dwarf/dwarf5-linked").toURI());
        FunctionResolver resolver = new FunctionResolver(
                SourceIndex.of(writer().toBytes()), RELEASE, Optional.of(new KernelDebugInfo(vmlinux)));
        String table = """
                0000000000401030 t from_header
                0000000000401040 t both_ways
                0000000000401050 t plain_static
                0000000000401060 t two_ranges
                0000000000401000 t two_ranges.cold
                ffffffff81001600 T b_first
                """;
        List<ResolvedFunction> found = resolver.resolve("*", "functions.c", kallsyms(table));
        assertThat(symbols(found)).containsExactly("both_ways", "plain_static", "two_ranges");
        assertThat(found).allSatisfy(function -> assertThat(function.source()).isEqualTo(Source.DEBUGINFO));
        assertThat(found.get(1).line()).isEqualTo(18);
        assertThat(resolver.describe(found)).contains("debug information of " + RELEASE);
        assertThat(resolver.resolve("*", "net/b.c", kallsyms(table))).extracting(ResolvedFunction::source)
                .containsExactly(Source.INDEX);
    }

    @Test
    void theRunningKernel() throws IOException {
        assumeTrue(Files.isReadable(Kallsyms.PROC), "skipped: /proc/kallsyms cannot be read");
        Kallsyms kallsyms = Kallsyms.read(Kallsyms.PROC);
        assumeTrue(!kallsyms.byName("__sys_socket").isEmpty(), "skipped: this kernel has no sockets");
        FunctionResolver resolver = FunctionResolver.forRunningKernel();
        List<ResolvedFunction> found = resolver.resolve("*", "net/socket.c", kallsyms);
        assertThat(symbols(found)).hasSizeBetween(100, 300).doesNotHaveDuplicates()
                .contains("__sys_socket", "sock_alloc", "sock_alloc_inode", "__sys_bind")
                .doesNotContain("tcp_sendmsg").doesNotContain("sock_init_data");
        for (ResolvedFunction function : found) {
            assertThat(kallsyms.byName(function.symbol())).extracting(KernelSymbol::address).contains(function.address());
        }
        assertThat(resolver.filesOf("tcp_sendmsg")).extracting(IndexedFunction::file).containsExactly("net/ipv4/tcp.c");
    }

    @Test
    void aFunctionOfTheRunningKernelComesBackByItsNeighbours() throws IOException {
        assumeTrue(Files.isReadable(Kallsyms.PROC), "skipped: /proc/kallsyms cannot be read");
        Kallsyms kallsyms = Kallsyms.read(Kallsyms.PROC);
        String release = KernelVersion.runningRelease();
        SourceIndex shipped = SourceIndex.load();
        KernelVersion version = KernelVersion.parse(release);
        FunctionResolver full = new FunctionResolver(shipped, release, Optional.empty());
        List<String> expected = symbols(full.resolve("*", "net/socket.c", kallsyms));
        assumeTrue(expected.contains("__sys_bind"), "skipped: this kernel has no __sys_bind");
        IndexWriter less = new IndexWriter(List.of(release));
        for (IndexedFunction function : shipped.functionsIn("net/socket.c", version)) {
            if (!function.name().equals("__sys_bind")) {
                less.add(0, "net/socket.c", function.name(), function.line());
            }
        }
        FunctionResolver reduced = new FunctionResolver(SourceIndex.of(less.toBytes()), release, Optional.empty());
        assertThat(reduced.resolve("__sys_bind", "net/socket.c", kallsyms)).singleElement()
                .satisfies(function -> assertThat(function.source()).isEqualTo(Source.NEIGHBOUR));
    }
}
