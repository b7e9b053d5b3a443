package org.jstap.runtime.procfs;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.EventFd;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.NativeMemory;
import org.jstap.ebpf.sys.Poll;
import org.jstap.ebpf.sys.SystemCallNumber;
import org.jstap.ebpf.sys.SystemCalls;

/**
 * The files of one session, mounted at a directory of its own until {@link #close()}. A thread of its own reads the kernel's requests,
 * so that names and permissions are told also while a handler runs. If this process is killed the kernel ends the connection, and
 * nobody can open the files; the next session that mounts something takes the mount point away.
 */
public final class ProcfsMount implements AutoCloseable {
    /** Directories of all sessions. */
    private static final Path BASE = Path.of("/run/jstap");
    private static final String DEVICE = "/dev/fuse";
    private static final String NEEDS_ROOT = "mounting needs root (CAP_SYS_ADMIN)";
    private static final String TYPE = "fuse.jstap";
    /** What is mounted, as the table of mounts has it: this and the process id. */
    private static final String SOURCE = "jstap-";
    private static final int AT_FDCWD = -100;
    private static final long O_RDWR_CLOEXEC_NONBLOCK = 2 | 0x80000 | 0x800;
    private static final long NOSUID_NODEV_NOEXEC = 2 | 4 | 8;
    private static final long MNT_DETACH = 2;
    private static final int BUFFER = FuseReply.MAX_WRITE + 4096;
    private static final long WAKE_UP = 2;

    private final SystemCalls sys;
    private final Path directory;
    private final Runnable wake;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment in = arena.allocate(BUFFER, 8);
    private final Fd device;
    private final EventFd end;
    private final FuseServer server;
    private final Thread reader = new Thread(this::serve, "procfs");
    private boolean closed;

    /**
     * A file.
     *
     * @param permissions bits of its mode
     * @param read        whether somebody makes its text
     * @param write       whether somebody wants what is written
     */
    public record File(String path, int permissions, boolean read, boolean write) { }

    /**
     * Mounts files.
     *
     * @param name    of the directory
     * @param user    owner of the files
     * @param longest most bytes that one write hands over
     * @param wake    called by another thread when there is something in {@link #server()}
     * @throws IOException with the reason why they cannot be mounted
     */
    public ProcfsMount(SystemCalls sys, String name, List<File> files, int user, int group, int longest, Runnable wake)
            throws IOException {
        this.sys = sys;
        this.wake = wake;
        directory = BASE.resolve(name);
        FileTree tree = new FileTree(user, group, System.currentTimeMillis() / 1000);
        Set<Long> readable = new HashSet<>();
        Set<Long> writable = new HashSet<>();
        for (File file : files) {
            long node = tree.addFile(file.path(), file.permissions());
            if (file.read()) {
                readable.add(node);
            }
            if (file.write()) {
                writable.add(node);
            }
        }
        server = new FuseServer(tree, readable, writable, longest, this::send);
        device = openDevice();
        end = new EventFd(sys);
        reader.setDaemon(true);
        try {
            removeDead();
            makeDirectory();
            mount();
        } catch (IOException e) {
            device.close();
            end.close();
            arena.close();
            throw e;
        }
        reader.start();
    }

    private Fd openDevice() throws IOException {
        MemorySegment path = NativeMemory.string(arena, DEVICE);
        long result = sys.call(SystemCallNumber.OPENAT, AT_FDCWD, path.address(), O_RDWR_CLOEXEC_NONBLOCK);
        if (SystemCalls.failed(result)) {
            arena.close();
            int errno = (int) -result;
            throw new IOException(switch (errno) {
                case Errno.EACCES, Errno.EPERM -> NEEDS_ROOT + ", and /dev/fuse may not be opened";
                case Errno.ENOENT, Errno.ENODEV -> "this kernel has no /dev/fuse; it comes with CONFIG_FUSE_FS (modprobe fuse)";
                default -> "/dev/fuse cannot be opened: " + Errno.describe(errno);
            });
        }
        return new Fd(sys, (int) result);
    }

    /** Takes away mount points of processes that were killed. The table of mounts is asked, as a mount itself may never answer. */
    private void removeDead() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            String[] words = line.split(" ");
            int type = List.of(words).indexOf("-") + 1;
            if (type < 6 || words.length < type + 2 || !words[type].equals(TYPE) || !words[type + 1].startsWith(SOURCE)) {
                continue;
            }
            Path place = Path.of(words[4]);
            if (!serves(words[type + 1].substring(SOURCE.length()))) {
                unmount(place);
            } else if (place.equals(directory)) {
                throw new IOException("another session has its files at " + directory + "; name another directory with -m NAME");
            }
        }
    }

    /** Whether a process is there and has FUSE open: numbers of processes come again. */
    private static boolean serves(String process) {
        if (process.equals(Long.toString(ProcessHandle.current().pid()))) {
            return false;
        }
        Path descriptors = Path.of("/proc", process, "fd");
        if (!Files.exists(descriptors)) {
            return false;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : all) {
                if (leadsTo(descriptor, DEVICE)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException _) {
            // It may not be looked at, or it ends just now: it clears up itself then.
            return true;
        }
    }

    private static boolean leadsTo(Path link, String target) {
        try {
            return Files.readSymbolicLink(link).toString().equals(target);
        } catch (IOException _) {
            return false;
        }
    }

    private void makeDirectory() throws IOException {
        try {
            Files.createDirectories(directory);
        } catch (AccessDeniedException _) {
            throw new IOException(NEEDS_ROOT);
        } catch (FileSystemException e) {
            throw new IOException("the directory cannot be made: " + e.getMessage());
        }
    }

    private void mount() throws IOException {
        try (Arena local = Arena.ofConfined()) {
            MemorySegment source = NativeMemory.string(local, SOURCE + ProcessHandle.current().pid());
            MemorySegment target = NativeMemory.string(local, directory.toString());
            MemorySegment type = NativeMemory.string(local, TYPE);
            MemorySegment data = NativeMemory.string(local, "fd=" + device.number()
                    + ",rootmode=40000,user_id=0,group_id=0,allow_other,default_permissions");
            long result = sys.call(SystemCallNumber.MOUNT, source.address(), target.address(), type.address(), NOSUID_NODEV_NOEXEC,
                    data.address());
            if (SystemCalls.failed(result)) {
                removeDirectory(directory);
                int errno = (int) -result;
                throw new IOException(errno == Errno.EPERM ? NEEDS_ROOT
                        : "mounting at " + directory + " failed: " + Errno.describe(errno));
            }
        }
    }

    private void unmount(Path place) {
        try (Arena local = Arena.ofConfined()) {
            sys.call(SystemCallNumber.UMOUNT2, NativeMemory.string(local, place.toString()).address(), MNT_DETACH);
        }
        removeDirectory(place);
    }

    private static void removeDirectory(Path place) {
        try {
            Files.deleteIfExists(place);
            Files.deleteIfExists(BASE);
        } catch (IOException _) {
            // Directories of other sessions are there still, or somebody has put something into ours.
        }
    }

    /** Where the files are. */
    public Path directory() {
        return directory;
    }

    public FuseServer server() {
        return server;
    }

    private void serve() {
        try (Poll poll = new Poll(sys, device.number(), end.fd())) {
            while (true) {
                long ready = poll.await(-1);
                if ((ready & WAKE_UP) != 0) {
                    return;
                }
                if (ready == 0) {
                    continue;
                }
                long count = sys.call(SystemCallNumber.READ, device.number(), in.address(), BUFFER);
                if (count == -Errno.ENODEV) {
                    // Somebody else has unmounted it.
                    return;
                }
                if (!SystemCalls.failed(count)) {
                    ByteBuffer bytes = ByteBuffer.wrap(NativeMemory.toBytes(in, (int) count));
                    if (server.take(FuseRequest.decode(bytes))) {
                        wake.run();
                    }
                }
            }
        }
    }

    /** An answer that the kernel does not want any more is refused by it, which is nobody's error. */
    private void send(ByteBuffer reply) {
        try (Arena local = Arena.ofConfined()) {
            MemorySegment out = local.allocate(reply.limit(), 8);
            MemorySegment.copy(reply.array(), 0, out, JAVA_BYTE, 0, reply.limit());
            sys.call(SystemCallNumber.WRITE, device.number(), out.address(), reply.limit());
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.stop();
        unmount(directory);
        end.signal();
        try {
            reader.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        device.close();
        end.close();
        arena.close();
    }
}
