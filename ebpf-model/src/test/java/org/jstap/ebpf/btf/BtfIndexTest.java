package org.jstap.ebpf.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** BTF with a kept index answers as BTF that was gone through, and reads little. */
class BtfIndexTest {
    /** Counts what is read; fails where it was told to. */
    private static final class Counted implements BtfSource {
        private final byte[] bytes;
        private int read;
        private boolean broken;

        Counted(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int length() {
            return bytes.length;
        }

        @Override
        public void read(int from, byte[] into) throws IOException {
            if (broken) {
                throw new IOException("gone");
            }
            System.arraycopy(bytes, from, into, 0, into.length);
            read += into.length;
        }
    }

    private static byte[] fixture() throws IOException {
        try (InputStream in = BtfTest.class.getResourceAsStream("/btf/fixture.btf")) {
            return in.readAllBytes();
        }
    }

    @Test
    void saysTheSameOfEveryType() throws IOException {
        Btf parsed = Btf.parse(fixture());
        Btf indexed = Btf.indexed(new Counted(fixture()), ByteBuffer.wrap(parsed.index())).orElseThrow();
        assertThat(indexed.typeCount()).isEqualTo(parsed.typeCount());
        for (int id = 0; id < parsed.typeCount(); id++) {
            assertThat(indexed.type(id)).isEqualTo(parsed.type(id));
            assertThat(indexed.name(id)).isEqualTo(parsed.name(id));
            assertThat(indexed.typesNamed(parsed.name(id))).isEqualTo(parsed.typesNamed(parsed.name(id)));
        }
        assertThat(indexed.functionNames()).containsExactlyElementsOf(parsed.functionNames());
        assertThat(indexed.index()).isEqualTo(parsed.index());
    }

    @Test
    void readsLittleForOneMember() throws IOException {
        byte[] bytes = fixture();
        Counted source = new Counted(bytes);
        Btf indexed = Btf.indexed(source, ByteBuffer.wrap(Btf.parse(bytes).index())).orElseThrow();
        int struct = indexed.find(BtfKind.STRUCT, "iphdr").orElseThrow();
        assertThat(indexed.resolveMember(struct, "daddr").orElseThrow().byteOffset()).isEqualTo(16);
        assertThat(source.read).isLessThan(bytes.length / 2);
    }

    @Test
    void carriesModules() throws IOException {
        Btf parsed = Btf.parse(fixture());
        Btf indexed = Btf.indexed(new Counted(fixture()), ByteBuffer.wrap(parsed.index())).orElseThrow();
        BtfBuilder module = new BtfBuilder();
        module.addPointer(1);
        assertThat(Btf.parse(module.build(), Optional.of(indexed)).cTypeName(parsed.typeCount()))
                .isEqualTo(Btf.parse(module.build(), Optional.of(parsed)).cTypeName(parsed.typeCount()));
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        byte[] bytes = fixture();
        byte[] index = Btf.parse(bytes).index();
        BtfBuilder other = new BtfBuilder();
        other.addInt("int", 4, true);
        assertThat(Btf.indexed(new Counted(other.build()), ByteBuffer.wrap(index))).isEmpty();
        assertThat(Btf.indexed(new Counted(bytes), ByteBuffer.wrap(index, 0, index.length - 4))).isEmpty();
        assertThat(Btf.indexed(new Counted(bytes), ByteBuffer.allocate(0))).isEmpty();
        byte[] later = index.clone();
        later[0]++;
        later[3]++;
        assertThat(Btf.indexed(new Counted(bytes), ByteBuffer.wrap(later))).isEmpty();
    }

    @Test
    void tellsThatTheBlobHasGone() throws IOException {
        byte[] bytes = fixture();
        Counted source = new Counted(bytes);
        Btf indexed = Btf.indexed(source, ByteBuffer.wrap(Btf.parse(bytes).index())).orElseThrow();
        source.broken = true;
        assertThatThrownBy(() -> indexed.find(BtfKind.STRUCT, "iphdr")).isInstanceOf(BtfException.class).hasMessageContaining("gone");
    }
}
