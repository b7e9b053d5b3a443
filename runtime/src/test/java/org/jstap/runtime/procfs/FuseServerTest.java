package org.jstap.runtime.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jstap.ebpf.sys.Errno;
import org.junit.jupiter.api.Test;

/** The protocol as include/uapi/linux/fuse.h has it: offsets and sizes are those of its structures. */
class FuseServerTest {
    private final FileTree tree = new FileTree(7, 8, 99);
    private final long file = tree.addFile("d/f", 0600);
    private final List<ByteBuffer> sent = new ArrayList<>();
    private final FuseServer server = new FuseServer(tree, Set.of(file), Set.of(file), 4, sent::add);

    private boolean take(int opcode, long unique, long node, ByteBuffer body) {
        ByteBuffer in = ByteBuffer.allocate(40 + body.limit()).order(ByteOrder.nativeOrder());
        in.putInt(40 + body.limit()).putInt(opcode).putLong(unique).putLong(node);
        in.position(40);
        in.put(body).flip();
        return server.take(FuseRequest.decode(in));
    }

    private static ByteBuffer body(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }

    private ByteBuffer answer(long unique, int errno, int bytes) {
        ByteBuffer out = sent.removeFirst();
        assertThat(out.getInt(0)).as("length").isEqualTo(out.limit()).isEqualTo(16 + bytes);
        assertThat(out.getInt(4)).as("error").isEqualTo(-errno);
        assertThat(out.getLong(8)).isEqualTo(unique);
        return out.slice(16, bytes).order(ByteOrder.nativeOrder());
    }

    @Test
    void theVersionIsAgreedOn() {
        take(26, 1, 0, body(16).putInt(7).putInt(45).putInt(131072).putInt(-1).rewind());
        ByteBuffer out = answer(1, 0, 64);
        assertThat(out.getInt(0)).isEqualTo(7);
        assertThat(out.getInt(4)).isEqualTo(31);
        assertThat(out.getInt(12)).as("flags").isEqualTo(1 << 3 | 1 << 5);
        assertThat(out.getInt(20)).as("max_write").isEqualTo(65536);
        take(26, 2, 0, body(16).putInt(6).rewind());
        answer(2, Errno.EPROTO, 0);
    }

    @Test
    void namesLeadToFilesWithModeAndOwner() {
        take(1, 1, 1, ByteBuffer.wrap("d\0".getBytes(StandardCharsets.ISO_8859_1)));
        ByteBuffer directory = answer(1, 0, 128);
        assertThat(directory.getInt(40 + 60)).isEqualTo(0040555);
        take(1, 2, directory.getLong(0), ByteBuffer.wrap("f\0".getBytes(StandardCharsets.ISO_8859_1)));
        ByteBuffer entry = answer(2, 0, 128);
        assertThat(entry.getLong(0)).isEqualTo(file);
        assertThat(entry.getInt(40 + 60)).isEqualTo(0100600);
        assertThat(entry.getInt(40 + 68)).as("uid").isEqualTo(7);
        assertThat(entry.getInt(40 + 72)).as("gid").isEqualTo(8);
        take(1, 3, 1, ByteBuffer.wrap("x\0".getBytes(StandardCharsets.ISO_8859_1)));
        answer(3, Errno.ENOENT, 0);
    }

    @Test
    void directoriesAreListedInParts() {
        take(28, 1, 1, body(40).putLong(0).putLong(0).putInt(70).rewind());
        ByteBuffer first = answer(1, 0, 64);
        assertThat(first.getLong(8)).isEqualTo(1);
        assertThat(first.getInt(16)).as("length of .").isEqualTo(1);
        take(28, 2, 1, body(40).putLong(0).putLong(2).putInt(4096).rewind());
        ByteBuffer rest = answer(2, 0, 32);
        assertThat(rest.getLong(8)).isEqualTo(3);
        assertThat(rest.getInt(20)).as("type").isEqualTo(4);
        assertThat((char) rest.get(24)).isEqualTo('d');
    }

    private long open(int flags) {
        take(14, 9, file, body(8).putInt(flags).rewind());
        ByteBuffer out = answer(9, 0, 16);
        assertThat(out.getInt(8)).as("direct").isEqualTo(1);
        return out.getLong(0);
    }

    private static ByteBuffer read(long handle, long offset, int size) {
        return body(40).putLong(handle).putLong(offset).putInt(size).rewind();
    }

    @Test
    void theTextOfAnOpenFileIsMadeOnce() {
        long handle = open(0);
        assertThat(take(15, 1, file, read(handle, 0, 3))).isTrue();
        assertThat(sent).isEmpty();
        FuseServer.Work work = server.next().orElseThrow();
        assertThat(work.path()).isEqualTo("d/f");
        server.done(work, "hello");
        assertThat(FuseRequestText.of(answer(1, 0, 3))).isEqualTo("hel");
        assertThat(take(15, 2, file, read(handle, 3, 10))).isFalse();
        assertThat(FuseRequestText.of(answer(2, 0, 2))).isEqualTo("lo");
        take(15, 3, file, read(handle, 5, 10));
        answer(3, 0, 0);
    }

    @Test
    void aWriteHandsOverAsMuchAsAStringHolds() {
        long handle = open(1);
        assertThat(take(16, 1, file, body(46).putLong(handle).putLong(0).putInt(6).position(40).put("abcdef".getBytes(
                StandardCharsets.ISO_8859_1)).rewind())).isTrue();
        FuseServer.Work work = server.next().orElseThrow();
        assertThat(work.text()).isEqualTo("abcd");
        server.done(work, "");
        assertThat(answer(1, 0, 8).getInt(0)).isEqualTo(4);
    }

    @Test
    void namesAreThereAsTheScriptHasThem() {
        for (int opcode : new int[] {6, 8, 9, 10, 11, 12, 13, 35, 45}) {
            take(opcode, 1, 1, ByteBuffer.wrap("d\0".getBytes(StandardCharsets.ISO_8859_1)));
            answer(1, Errno.EPERM, 0);
        }
    }

    @Test
    void modesAndOwnersChange() {
        take(4, 1, file, body(88).putInt(1 | 2).putInt(68, 0100644).putInt(76, 5).rewind());
        ByteBuffer out = answer(1, 0, 104);
        assertThat(out.getInt(16 + 60)).isEqualTo(0100644);
        assertThat(out.getInt(16 + 68)).as("uid").isEqualTo(5);
        assertThat(out.getInt(16 + 72)).as("gid").isEqualTo(8);
    }

    @Test
    void whoIsInterruptedOrTooLateGetsAnError() {
        long handle = open(0);
        take(15, 5, file, read(handle, 0, 3));
        take(36, 6, 0, body(8).putLong(5).rewind());
        answer(5, Errno.EINTR, 0);
        assertThat(server.next()).isEmpty();
        take(15, 7, file, read(handle, 0, 3));
        server.stop();
        answer(7, Errno.EIO, 0);
        assertThat(take(15, 8, file, read(handle, 0, 3))).isFalse();
        answer(8, Errno.EIO, 0);
    }

    /** Bytes as text. */
    private static final class FuseRequestText {
        private FuseRequestText() { }

        static String of(ByteBuffer bytes) {
            byte[] text = new byte[bytes.limit()];
            bytes.get(0, text);
            return new String(text, StandardCharsets.ISO_8859_1);
        }
    }
}
