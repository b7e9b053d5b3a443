package org.jstap.runtime.procfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers to requests: {@code struct fuse_out_header} and what follows it, ready to be written to the kernel. */
final class FuseReply {
    static final int HEADER = 16;
    /** The protocol as of Linux 5.4: what came later is not needed here, and newer kernels speak it too. */
    static final int MAJOR = 7;
    static final int MINOR = 31;
    /** Bytes that one request may write. */
    static final int MAX_WRITE = 1 << 16;
    /** An open with O_TRUNC is one request, not two. */
    static final int ATOMIC_TRUNCATE = 1 << 3;
    static final int BIG_WRITES = 1 << 5;
    /** Reads and writes reach us as they are: nothing is cached, and the size of a file means nothing. */
    static final int DIRECT_IO = 1;

    private static final int INIT_BYTES = 64;
    private static final int ATTRIBUTE_BYTES = 88;
    private static final int ENTRY_BYTES = 40;
    private static final int ATTRIBUTE_HEAD = 16;
    private static final int DIRECTORY_ENTRY = 24;
    private static final int STATFS_BYTES = 80;
    private static final int BLOCK = 4096;
    private static final int LONGEST_NAME = 255;

    private FuseReply() { }

    private static ByteBuffer start(long unique, int error, int bytes) {
        ByteBuffer out = ByteBuffer.allocate(HEADER + bytes).order(ByteOrder.nativeOrder());
        return out.putInt(HEADER + bytes).putInt(-error).putLong(unique);
    }

    /** @param errno positive; 0 for success without anything to tell */
    static ByteBuffer error(long unique, int errno) {
        return start(unique, errno, 0).flip();
    }

    static ByteBuffer init(FuseRequest request) {
        int minor = request.int32(0) == MAJOR ? Math.min(request.int32(4), MINOR) : MINOR;
        ByteBuffer out = start(request.unique(), 0, INIT_BYTES).putInt(MAJOR).putInt(minor).putInt(request.int32(8));
        out.putInt(request.int32(12) & (ATOMIC_TRUNCATE | BIG_WRITES)).putShort((short) 0).putShort((short) 0).putInt(MAX_WRITE)
                .putInt(1);
        return out.rewind();
    }

    static ByteBuffer entry(long unique, FileTree.Node node) {
        ByteBuffer out = start(unique, 0, ENTRY_BYTES + ATTRIBUTE_BYTES).putLong(node.id());
        // Names and attributes are asked for again each time.
        out.position(HEADER + ENTRY_BYTES);
        return attributes(out, node).rewind();
    }

    static ByteBuffer attributes(long unique, FileTree.Node node) {
        ByteBuffer out = start(unique, 0, ATTRIBUTE_HEAD + ATTRIBUTE_BYTES);
        out.position(HEADER + ATTRIBUTE_HEAD);
        return attributes(out, node).rewind();
    }

    private static ByteBuffer attributes(ByteBuffer out, FileTree.Node node) {
        out.putLong(node.id()).putLong(0).putLong(0);
        for (int i = 0; i < 3; i++) {
            out.putLong(node.seconds());
        }
        out.putInt(0).putInt(0).putInt(0);
        return out.putInt(node.mode()).putInt(node.links()).putInt(node.user()).putInt(node.group()).putInt(0).putInt(BLOCK).putInt(0);
    }

    static ByteBuffer opened(long unique, long handle, int flags) {
        return start(unique, 0, 16).putLong(handle).putInt(flags).putInt(0).rewind();
    }

    static ByteBuffer data(long unique, byte[] bytes, int offset, int length) {
        return start(unique, 0, length).put(bytes, offset, length).rewind();
    }

    static ByteBuffer written(long unique, int count) {
        return start(unique, 0, 8).putInt(count).putInt(0).rewind();
    }

    static ByteBuffer fileSystem(long unique) {
        ByteBuffer out = start(unique, 0, STATFS_BYTES);
        return out.putInt(HEADER + 40, BLOCK).putInt(HEADER + 44, LONGEST_NAME).putInt(HEADER + 48, BLOCK).rewind();
    }

    /**
     * The entries of a directory from a position on, as many as fit.
     *
     * @param from number of entries told before
     * @param most bytes
     */
    static ByteBuffer directory(long unique, List<FileTree.Entry> entries, long from, int most) {
        ByteBuffer out = ByteBuffer.allocate(Math.max(0, most)).order(ByteOrder.nativeOrder());
        for (int i = (int) from; i < entries.size(); i++) {
            byte[] name = entries.get(i).name().getBytes(StandardCharsets.ISO_8859_1);
            int size = (DIRECTORY_ENTRY + name.length + 7) & ~7;
            if (out.remaining() < size) {
                break;
            }
            int next = out.position() + size;
            FileTree.Node node = entries.get(i).node();
            out.putLong(node.id()).putLong(i + 1L).putInt(name.length).putInt(node.mode() >>> 12).put(name).position(next);
        }
        return data(unique, out.array(), 0, out.position());
    }
}
