package org.jstap.ebpf.link;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.spec.AttachType;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.NativeMemory;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.sys.bpf.LinkCreateAttr;

/// A program on the entry or the return of many kernel functions in one call (Linux 5.18, CONFIG_FPROBE).
public final class KprobeMultiLink extends FdLink {

    private static final int RETURN = 1;

    private final SystemCalls sys;

    private KprobeMultiLink(SystemCalls sys, String description, List<Fd> descriptors) {
        super(description, descriptors);
        this.sys = sys;
    }

    @Override
    public long missed() {
        return LinkInfo.read(sys, fd(), LinkInfo.KPROBE_MULTI_MISSED);
    }

    /// Attaches to functions at the given addresses, which saves the kernel from looking up names (minutes were seen for
    /// thousands of names on 5.18).
    ///
    /// @param cookies one for each address, or empty
    /// @param atReturn whether at the return; must be false for a program loaded as a session (Linux 6.10), which runs at both
    public static KprobeMultiLink attach(SystemCalls sys, Program program, long[] addresses, long[] cookies, boolean atReturn)
            throws AttachException {
        try (Arena arena = Arena.ofConfined()) {
            LinkCreateAttr attr = start(arena, program, addresses.length, cookies, atReturn)
                    .kprobeMultiAddresses(arena.allocateFrom(JAVA_LONG, addresses));
            return finish(sys, attr, describe(program, addresses.length + " functions", atReturn));
        }
    }

    /// Attaches to functions by their names as in kallsyms; a module cannot be given.
    ///
    /// @see #attach(SystemCalls, Program, long[], long[], boolean)
    public static KprobeMultiLink attach(
            SystemCalls sys, Program program, List<String> symbols, long[] cookies, boolean atReturn) throws AttachException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment names = arena.allocate(Math.max(1, symbols.size()) * 8L, 8);
            for (int i = 0; i < symbols.size(); i++) {
                names.set(JAVA_LONG, i * 8L, NativeMemory.string(arena, symbols.get(i)).address());
            }
            LinkCreateAttr attr =
                    start(arena, program, symbols.size(), cookies, atReturn).kprobeMultiSymbols(names);
            String what = symbols.size() == 1 ? symbols.getFirst() : symbols.size() + " functions";
            return finish(sys, attr, describe(program, what, atReturn));
        }
    }

    private static LinkCreateAttr start(Arena arena, Program program, int count, long[] cookies, boolean atReturn) {
        if (count == 0 || cookies.length != 0 && cookies.length != count) {
            throw new IllegalArgumentException(count + " functions with " + cookies.length + " cookies");
        }
        LinkCreateAttr attr = new LinkCreateAttr(arena)
                .progFd(program.fd())
                .attachType(program.attachType())
                .kprobeMultiCount(count)
                .kprobeMultiFlags(atReturn ? RETURN : 0);
        if (cookies.length > 0) {
            attr.kprobeMultiCookies(arena.allocateFrom(JAVA_LONG, cookies));
        }
        return attr;
    }

    private static String describe(Program program, String what, boolean atReturn) {
        boolean session = program.attachType() == AttachType.TRACE_KPROBE_SESSION.number();
        return (session ? "kprobe.session " : atReturn ? "kretprobe.multi " : "kprobe.multi ") + what;
    }

    private static KprobeMultiLink finish(SystemCalls sys, LinkCreateAttr attr, String target) throws AttachException {
        long result = attr.call(sys);
        if (SystemCalls.failed(result)) {
            throw new AttachException(target, "bpf(BPF_LINK_CREATE)", (int) -result, why((int) -result));
        }
        return new KprobeMultiLink(sys, target, List.of(new Fd(sys, (int) result)));
    }

    private static String why(int errno) {
        return switch (errno) {
            case Errno.EOPNOTSUPP, Errno.ENOTSUPP -> "this kernel is built without CONFIG_FPROBE";
            case Errno.EINVAL -> "kprobe.multi needs Linux 5.18 with CONFIG_FPROBE, sessions 6.10";
            case Errno.ESRCH, Errno.ENOENT -> "not every function is in this kernel and can be probed";
            case Errno.E2BIG -> "too many functions in one call";
            default -> "";
        };
    }
}
