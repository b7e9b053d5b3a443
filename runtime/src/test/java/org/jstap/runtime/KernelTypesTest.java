package org.jstap.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jstap.ebpf.btf.Btf;
import org.jstap.ebpf.btf.BtfBuilder;
import org.jstap.ebpf.btf.BtfKind;
import org.jstap.ebpf.btf.BtfType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The types of a kernel are the same with and without an index that was kept. */
class KernelTypesTest {
    @TempDir
    Path home;

    private static byte[] kernel(String... members) {
        BtfBuilder builder = new BtfBuilder();
        int number = builder.addInt("int", 4, true);
        BtfType.Member[] list = new BtfType.Member[members.length];
        for (int i = 0; i < members.length; i++) {
            list[i] = new BtfType.Member(members[i], number, 32 * i, 0);
        }
        builder.addStruct("thing", 4 * members.length, List.of(list));
        return builder.build();
    }

    private KernelTypes read(byte[] kernel, String identity) throws IOException {
        Path file = home.resolve("vmlinux");
        Files.write(file, kernel);
        KernelTypes types = new KernelTypes(file.toFile(), Optional.of(
                new KeptFile(new CacheDirectory(home.resolve("jstap")), "types", identity)));
        types.start();
        types.await();
        return types;
    }

    private int offset(byte[] kernel, String identity, String member) throws IOException {
        Btf types = read(kernel, identity).types().orElseThrow();
        return types.resolveMember(types.find(BtfKind.STRUCT, "thing").orElseThrow(), member).orElseThrow().byteOffset();
    }

    @Test
    void areTheSameTheSecondTime() throws IOException {
        byte[] kernel = kernel("one", "two");
        assertThat(offset(kernel, "k", "two")).isEqualTo(4);
        assertThat(home.resolve("jstap").resolve("types")).exists();
        assertThat(offset(kernel, "k", "two")).isEqualTo(4);
        assertThat(offset(kernel, "k", "one")).isZero();
    }

    @Test
    void areThoseOfTheKernelThatRuns() throws IOException {
        assertThat(offset(kernel("one", "two"), "first", "two")).isEqualTo(4);
        assertThat(offset(kernel("six", "one", "two"), "second", "two")).isEqualTo(8);
        assertThat(offset(kernel("two", "one"), "third", "two")).isZero();
    }

    @Test
    void doNotNeedTheIndex() throws IOException {
        byte[] kernel = kernel("one", "two");
        offset(kernel, "k", "two");
        Files.write(home.resolve("jstap").resolve("types"), new byte[100]);
        assertThat(offset(kernel, "k", "two")).isEqualTo(4);
        assertThat(offset(kernel("six", "one", "two"), "k", "two")).as("an index of a blob of another length").isEqualTo(8);
    }

    @Test
    void sayWhyTheyCannotBeRead() throws IOException {
        KernelTypes types = read("no types at all, whatever it may be".getBytes(StandardCharsets.ISO_8859_1), "k");
        assertThat(types.types()).isEmpty();
        assertThat(types.problem()).contains("0xeb9f");
    }
}
