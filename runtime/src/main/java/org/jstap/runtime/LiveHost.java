package org.jstap.runtime;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jstap.compiler.host.HostServices;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.program.Expr.Space;
import org.jstap.symbols.Kallsyms;
import org.jstap.symbols.SymbolLocation;

/**
 * The world around handlers on the JVM: this process, its clocks and output. Asks /proc only for what a script wants to know, and
 * makes no system call of its own.
 */
final class LiveHost implements HostServices {
    private static final String MEMORY_NODES = "/sys/devices/system/node/has_memory";
    private static final String SELF = "/proc/self/";
    private static final int STAT_PARENT = 4;
    private static final int STAT_GROUP = 5;
    private static final int STAT_SESSION = 6;
    private static final int STAT_PROCESSOR = 39;
    private static final long AT_PAGESZ = 6;
    private static final long USUAL_PAGE = 4096;

    private final ScriptOutput output;
    private final Complaints complaints;
    private final Ending ending;
    private final long target;
    private final KernelConfig config;
    private final Sharing sharing;
    private final ScriptFiles files;
    private final Optional<HitReport> hits;
    private final SplittableRandom random = new SplittableRandom();
    private final long pid = ProcessHandle.current().pid();
    private Optional<Kallsyms> symbols = Optional.empty();
    private Optional<UserSymbols> userSymbols = Optional.empty();
    /** Read when a script first asks, as few do. */
    private Optional<Enumerations> enumerations = Optional.empty();

    /** The session's account of calls of {@code exit()}. */
    interface Ending {
        /** A handler on the JVM has called it. */
        void request();

        /** By all handlers. */
        int calls();
    }

    /**
     * @param ending the end that the script may ask for
     * @param target process id of {@code -c} or {@code -x}, 0 where there is none
     * @param sharing what handlers share with those in the kernel
     * @param files   those that the script's probes serve
     * @param hits    present where runs of handlers are counted
     */
    LiveHost(ScriptOutput output, Complaints complaints, Ending ending, long target, KernelConfig config, Sharing sharing,
             ScriptFiles files, Optional<HitReport> hits) {
        this.output = output;
        this.complaints = complaints;
        this.ending = ending;
        this.target = target;
        this.config = config;
        this.sharing = sharing;
        this.files = files;
        this.hits = hits;
    }

    @Override
    public void print(byte[] bytes, int offset, int length) {
        output.print(bytes, offset, length);
    }

    @Override
    public void warn(String text) {
        complaints.warning(text);
    }

    @Override
    public void requestExit() {
        ending.request();
    }

    @Override
    public int exitCalls() {
        return ending.calls();
    }

    @Override
    public void switchFile() {
        output.nextFile();
    }

    @Override
    public void system(String command) {
        output.flush();
        try {
            new ProcessBuilder("/bin/sh", "-c", command).inheritIO().start();
        } catch (IOException e) {
            complaints.warning("system(): the shell cannot be started: " + e.getMessage());
        }
    }

    @Override
    public String fileText() {
        return files.text();
    }

    @Override
    public void fileText(String text, boolean append) {
        files.text(text, append);
    }

    @Override
    public long wallClock() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    @Override
    public long monotonicClock() {
        // CLOCK_MONOTONIC, on Linux.
        return System.nanoTime();
    }

    @Override
    public long random() {
        return random.nextLong();
    }

    @Override
    public int zoneOffset() {
        return ZonedDateTime.now().getOffset().getTotalSeconds();
    }

    @Override
    public String zoneName() {
        return ZoneId.systemDefault().getDisplayName(TextStyle.SHORT, Locale.ROOT);
    }

    @Override
    public long fact(Fact fact) {
        return switch (fact) {
            case PROCESS_ID -> pid;
            case THREAD_ID -> threadId();
            case PARENT_PROCESS_ID -> ProcFiles.statField(SELF + "stat", STAT_PARENT);
            case PROCESS_GROUP -> ProcFiles.statField(SELF + "stat", STAT_GROUP);
            case SESSION_ID -> ProcFiles.statField(SELF + "stat", STAT_SESSION);
            case CPU -> ProcFiles.statField("/proc/thread-self/stat", STAT_PROCESSOR);
            case USER_ID -> ProcFiles.statusNumber(SELF + "status", "Uid", 0);
            case EFFECTIVE_USER_ID -> ProcFiles.statusNumber(SELF + "status", "Uid", 1);
            case GROUP_ID -> ProcFiles.statusNumber(SELF + "status", "Gid", 0);
            case EFFECTIVE_GROUP_ID -> ProcFiles.statusNumber(SELF + "status", "Gid", 1);
            case TARGET -> target;
            case TICKS_PER_SECOND -> config.ticksPerSecond();
            case PAGE_SIZE -> pageSize();
            case LAST_MEMORY_NODE -> lastNode(ProcFiles.read(MEMORY_NODES).orElse("").strip());
        };
    }

    private static long threadId() {
        return ProcFiles.statusNumber("/proc/thread-self/status", "Pid", 0);
    }

    /** The last number of a list of ranges as "0-1,4"; 0 where there is none. */
    static long lastNode(String list) {
        int start = list.length();
        while (start > 0 && Character.isDigit(list.charAt(start - 1))) {
            start--;
        }
        return start == list.length() ? 0 : Long.parseLong(list.substring(start));
    }

    /** From the kernel's auxiliary vector, see getauxval(3). */
    private static long pageSize() {
        try (FileInputStream in = new FileInputStream(SELF + "auxv")) {
            ByteBuffer words = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.nativeOrder());
            while (words.remaining() >= 2 * Long.BYTES) {
                long key = words.getLong();
                long value = words.getLong();
                if (key == AT_PAGESZ) {
                    return value;
                }
            }
        } catch (IOException _) {
            // Without /proc the usual size is the best answer.
            return USUAL_PAGE;
        }
        return USUAL_PAGE;
    }

    @Override
    public String executableName() {
        return ProcFiles.read(SELF + "comm").orElse("");
    }

    @Override
    public String executableName(long process) {
        return ProcFiles.read("/proc/" + process + "/comm").orElse("");
    }

    @Override
    public Optional<Symbol> symbol(long address) {
        Optional<SymbolLocation> at = kallsyms().at(address);
        return at.isEmpty() ? Optional.empty() : Optional.of(describe(at.get()));
    }

    @Override
    public Optional<Symbol> userSymbol(long process, long address) {
        if (userSymbols.isEmpty()) {
            userSymbols = Optional.of(new UserSymbols());
        }
        return userSymbols.get().symbol(process, address);
    }

    @Override
    public String loadAverages() {
        // Three averages, then running tasks and the newest process.
        String[] words = ProcFiles.read("/proc/loadavg").orElse("").split(" ");
        if (words.length < 3) {
            complaints.warning("the load averages cannot be read from /proc/loadavg");
            return "";
        }
        return words[0] + " " + words[1] + " " + words[2];
    }

    @Override
    public void trace(String text) {
        for (String mount : new String[] {"/sys/kernel/tracing", "/sys/kernel/debug/tracing"}) {
            if (ProcFiles.write(mount + "/trace_marker", text + "\n")) {
                return;
            }
        }
        complaints.warning("ftrace(): no trace_marker can be written; it is in tracefs, at /sys/kernel/tracing");
    }

    @Override
    public void kernelLog(int level, String text) {
        if (!ProcFiles.write("/dev/kmsg", "<" + level + ">" + text + "\n")) {
            complaints.warning("printk(): /dev/kmsg cannot be written");
        }
    }

    private static Symbol describe(SymbolLocation at) {
        return new Symbol(at.symbol().name(), at.offset(), at.size(), at.symbol().module());
    }

    @Override
    public Optional<String> enumerator(String type, long value) {
        if (enumerations.isEmpty()) {
            enumerations = Optional.of(new Enumerations(new LiveKernel(config).btf()));
        }
        return enumerations.get().name(type, value);
    }

    private Kallsyms kallsyms() {
        if (symbols.isEmpty()) {
            try {
                symbols = Optional.of(Kallsyms.read(Kallsyms.PROC));
            } catch (IOException e) {
                complaints.warning("symbols are not known: /proc/kallsyms cannot be read: " + e.getMessage());
                symbols = Optional.of(Kallsyms.of(new byte[0]));
            }
        }
        return symbols.get();
    }

    @Override
    public void beforeHandlers(List<IrHandler> handlers) {
        sharing.beforeHandlers(handlers);
    }

    @Override
    public void beforeBlock(Code block) {
        sharing.beforeBlock(block);
    }

    @Override
    public void afterHandlers() {
        sharing.afterHandlers();
    }

    @Override
    public void beforeDisplay() {
        sharing.beforeDisplay();
    }

    @Override
    public boolean measuresHandlers() {
        return hits.isPresent();
    }

    @Override
    public void handlerRan(IrHandler handler, String point, long nanos) {
        hits.orElseThrow().ran(handler, point, nanos);
    }

    @Override
    public boolean runsElsewhere(IrHandler handler) {
        return sharing.owns(handler);
    }

    @Override
    public long runElsewhere(IrHandler handler, long actions) {
        return sharing.run(handler, actions);
    }

    @Override
    public void takeFromElsewhere() {
        sharing.take();
    }

    @Override
    public int read(Space space, long address, byte[] destination) {
        // A handler on the JVM has no probed context whose memory it could read.
        return 0;
    }
}
