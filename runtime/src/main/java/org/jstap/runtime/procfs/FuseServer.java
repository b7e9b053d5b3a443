package org.jstap.runtime.procfs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jstap.ebpf.sys.Errno;

/**
 * Answers what can be answered at once, and keeps the rest, texts that are to be made and texts that were written, for the thread that
 * runs handlers. A text is made at the first read of an open file and stays that of the open file. Safe for use by two threads.
 */
public final class FuseServer {
    private static final int ACCESS_MODE = 3;
    private static final int WRITE_ONLY = 1;
    private static final int SET_MODE = 1;
    private static final int SET_USER = 1 << 1;
    private static final int SET_GROUP = 1 << 2;
    private static final int WRITE_HEADER = 40;

    private final FileTree tree;
    private final Set<Long> readable;
    private final Set<Long> writable;
    private final int longest;
    private final Replies replies;
    private final Map<Long, byte[]> texts = new HashMap<>();
    private final Deque<Work> waiting = new ArrayDeque<>();
    private long nextHandle = 1;
    private boolean stopped;

    /** Where answers go. */
    interface Replies {
        void send(ByteBuffer reply);
    }

    /**
     * Something for a handler.
     *
     * @param path   of the file
     * @param write  whether {@code text} was written, or else a text is to be made
     * @param unique names the request
     */
    public record Work(String path, boolean write, String text, long unique, long handle, long offset, int size) { }

    /**
     * @param readable files whose text somebody makes
     * @param writable files whose text somebody wants
     * @param longest  most bytes that one write hands over
     */
    FuseServer(FileTree tree, Set<Long> readable, Set<Long> writable, int longest, Replies replies) {
        this.tree = tree;
        this.readable = readable;
        this.writable = writable;
        this.longest = longest;
        this.replies = replies;
    }

    /**
     * Takes a request.
     *
     * @return whether there is something new for a handler
     */
    synchronized boolean take(FuseRequest request) {
        long unique = request.unique();
        switch (request.opcode()) {
            case FuseOpcode.INIT -> replies.send(request.int32(0) < FuseReply.MAJOR ? FuseReply.error(unique, Errno.EPROTO)
                    : FuseReply.init(request));
            case FuseOpcode.FORGET, FuseOpcode.BATCH_FORGET -> { }
            case FuseOpcode.INTERRUPT -> interrupt(request.int64(0));
            case FuseOpcode.STATFS -> replies.send(FuseReply.fileSystem(unique));
            case FuseOpcode.RELEASE -> {
                texts.remove(request.int64(0));
                replies.send(FuseReply.error(unique, 0));
            }
            case FuseOpcode.RELEASEDIR, FuseOpcode.DESTROY -> replies.send(FuseReply.error(unique, 0));
            default -> {
                Optional<FileTree.Node> node = tree.node(request.node());
                if (node.isEmpty()) {
                    replies.send(FuseReply.error(unique, Errno.ENOENT));
                } else {
                    return atNode(request, node.get());
                }
            }
        }
        return false;
    }

    private boolean atNode(FuseRequest request, FileTree.Node node) {
        long unique = request.unique();
        switch (request.opcode()) {
            case FuseOpcode.LOOKUP -> {
                Optional<FileTree.Node> child = tree.child(node, request.name());
                replies.send(child.isPresent() ? FuseReply.entry(unique, child.get()) : FuseReply.error(unique, Errno.ENOENT));
            }
            case FuseOpcode.GETATTR -> replies.send(FuseReply.attributes(unique, node));
            case FuseOpcode.SETATTR -> {
                change(request, node);
                replies.send(FuseReply.attributes(unique, node));
            }
            case FuseOpcode.OPEN -> replies.send(FuseReply.opened(unique, open(request, node), FuseReply.DIRECT_IO));
            case FuseOpcode.OPENDIR -> replies.send(FuseReply.opened(unique, 0, 0));
            case FuseOpcode.READDIR -> replies.send(FuseReply.directory(unique, tree.list(node), request.int64(8), request.int32(16)));
            case FuseOpcode.READ -> {
                return read(request, node);
            }
            case FuseOpcode.WRITE -> {
                return write(request, node);
            }
            case FuseOpcode.SYMLINK, FuseOpcode.MKNOD, FuseOpcode.MKDIR, FuseOpcode.UNLINK, FuseOpcode.RMDIR, FuseOpcode.RENAME,
                    FuseOpcode.RENAME2, FuseOpcode.LINK, FuseOpcode.CREATE -> replies.send(FuseReply.error(unique, Errno.EPERM));
            default -> replies.send(FuseReply.error(unique, Errno.ENOSYS));
        }
        return false;
    }

    private static void change(FuseRequest request, FileTree.Node node) {
        int what = request.int32(0);
        if ((what & SET_MODE) != 0) {
            node.changeMode(request.int32(68));
        }
        if ((what & SET_USER) != 0) {
            node.changeUser(request.int32(76));
        }
        if ((what & SET_GROUP) != 0) {
            node.changeGroup(request.int32(80));
        }
    }

    private long open(FuseRequest request, FileTree.Node node) {
        long handle = nextHandle++;
        if ((request.int32(0) & ACCESS_MODE) == WRITE_ONLY || !readable.contains(node.id())) {
            texts.put(handle, new byte[0]);
        }
        return handle;
    }

    private boolean read(FuseRequest request, FileTree.Node node) {
        Work work = new Work(tree.path(node), false, "", request.unique(), request.int64(0), request.int64(8), request.int32(16));
        byte[] text = texts.get(work.handle());
        if (text != null) {
            answer(work, text);
            return false;
        }
        return later(work);
    }

    private boolean write(FuseRequest request, FileTree.Node node) {
        if (!writable.contains(node.id())) {
            replies.send(FuseReply.error(request.unique(), Errno.EIO));
            return false;
        }
        int size = Math.min(request.int32(16), longest);
        return later(new Work(tree.path(node), true, request.text(WRITE_HEADER, size), request.unique(), request.int64(0), 0, size));
    }

    private boolean later(Work work) {
        if (stopped) {
            replies.send(FuseReply.error(work.unique(), Errno.EIO));
            return false;
        }
        waiting.add(work);
        return true;
    }

    /** Whoever waits for an answer does not want it any more. */
    private void interrupt(long unique) {
        Iterator<Work> all = waiting.iterator();
        while (all.hasNext()) {
            if (all.next().unique() == unique) {
                all.remove();
                replies.send(FuseReply.error(unique, Errno.EINTR));
                return;
            }
        }
    }

    private void answer(Work work, byte[] text) {
        int from = (int) Math.min(work.offset(), text.length);
        replies.send(FuseReply.data(work.unique(), text, from, Math.min(work.size(), text.length - from)));
    }

    /** The next thing for a handler; {@link #done} or {@link #failed} has to follow. */
    public synchronized Optional<Work> next() {
        while (!waiting.isEmpty()) {
            Work work = waiting.poll();
            byte[] text = work.write() ? null : texts.get(work.handle());
            if (text == null) {
                return Optional.of(work);
            }
            answer(work, text);
        }
        return Optional.empty();
    }

    /** @param text what a handler has made, one byte for each char; nothing for a write */
    public synchronized void done(Work work, String text) {
        if (work.write()) {
            replies.send(FuseReply.written(work.unique(), work.size()));
        } else {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            texts.put(work.handle(), bytes);
            answer(work, bytes);
        }
    }

    /** The handler ended with an error. */
    public synchronized void failed(Work work) {
        replies.send(FuseReply.error(work.unique(), Errno.EIO));
    }

    /** From now on nothing is for handlers: who waits gets an error. */
    synchronized void stop() {
        stopped = true;
        for (Work work : waiting) {
            replies.send(FuseReply.error(work.unique(), Errno.EIO));
        }
        waiting.clear();
    }
}
