package org.jstap.compiler.host;

import java.util.List;
import java.util.Optional;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.program.Expr.Space;

/** What handlers on the JVM need from the world around them. The runtime implements it; tests have a fake. */
public interface HostServices {
    /** Script output, in order. */
    void print(byte[] bytes, int offset, int length);

    /** A warning of the script, without the word WARNING and without a line end; one byte per char. */
    void warn(String text);

    /** The script called {@code exit()}: the session ends once the running handlers are done. */
    void requestExit();

    /** How often handlers, wherever they run, have called {@code exit()} so far. */
    int exitCalls();

    /** Further output goes to another file, where output goes to files. */
    default void switchFile() { }

    /** Runs a shell command without waiting for it. */
    void system(String command);

    /** What was written to the file whose probe runs. */
    default String fileText() {
        return "";
    }

    /** Sets what is read from the file whose probe runs, or adds to it. */
    default void fileText(String text, boolean append) { }

    /** Nanoseconds since 1970-01-01 UTC. */
    long wallClock();

    /** Nanoseconds of the monotonic clock since boot. */
    long monotonicClock();

    /** A random number with all 64 bits. */
    long random();

    /** Difference of the local time zone to UTC in seconds, east positive, as it was at the start of the session. */
    int zoneOffset();

    /** Abbreviation of the local time zone. */
    String zoneName();

    /** A fact about the process that handlers run in. */
    long fact(Fact fact);

    /** Name of the process that handlers run in, at most 15 bytes. */
    String executableName();

    /** Name of a process by its id, empty where there is none. */
    String executableName(long process);

    /** Symbol that holds a kernel address, where there is one. */
    Optional<Symbol> symbol(long address);

    /** Symbol that holds an address of a process, with the path of its file as the module, where there is one. */
    default Optional<Symbol> userSymbol(long process, long address) {
        return Optional.empty();
    }

    /** The load averages of 1, 5 and 15 minutes, with two decimals and blanks between them; empty where they cannot be read. */
    default String loadAverages() {
        return "";
    }

    /** Writes a line to the kernel's trace; what the kernel does not take is lost. */
    default void trace(String text) { }

    /** Writes a line to the kernel's log. */
    default void kernelLog(int level, String text) { }

    /** Name of a value of a kernel enumeration, which is named without the word enum; empty where either is unknown. */
    default Optional<String> enumerator(String type, long value) {
        return Optional.empty();
    }

    /** Whether it wants to know how long handlers on the JVM take. */
    default boolean measuresHandlers() {
        return false;
    }

    /** A handler ran, at a probe point, for so many nanoseconds. Only told where {@link #measuresHandlers} says so. */
    default void handlerRan(IrHandler handler, String point, long nanos) { }

    /** Reads up to {@code destination.length} bytes; the result says how many could be read, 0 where none. */
    int read(Space space, long address, byte[] destination);

    /**
     * Handlers are about to run: what they share with handlers elsewhere is to be brought up to date.
     *
     * @throws ScriptError where that does not fit; the handlers do not run then
     */
    default void beforeHandlers(List<IrHandler> handlers) { }

    /** The same for a block that a handler elsewhere has left to the host. */
    default void beforeBlock(Code block) { }

    /** Those handlers, or that block, are done. */
    default void afterHandlers() { }

    /** All globals are about to be shown. */
    default void beforeDisplay() { }

    /** Whether a handler is run by {@link #runElsewhere}, although its event is one of the session's own. */
    default boolean runsElsewhere(IrHandler handler) {
        return false;
    }

    /**
     * Runs such a handler.
     *
     * @param actions statements that it may run
     * @return how many of them are left
     */
    default long runElsewhere(IrHandler handler, long actions) {
        return actions;
    }

    /** Hands over what such a handler has written. */
    default void takeFromElsewhere() { }

    /** A symbol: {@code name+offset/size [module]}; module is empty for the kernel image. */
    record Symbol(String name, long offset, long size, String module) { }

    /** Numbers that context functions return. */
    enum Fact {
        PROCESS_ID, THREAD_ID, PARENT_PROCESS_ID, USER_ID, GROUP_ID, EFFECTIVE_USER_ID, EFFECTIVE_GROUP_ID, SESSION_ID,
        PROCESS_GROUP, CPU, TARGET, TICKS_PER_SECOND, PAGE_SIZE, LAST_MEMORY_NODE
    }
}
