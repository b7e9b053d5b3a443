package org.jstap.compiler.program;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jstap.language.tree.Expression;

/** A place at which a handler runs: a probe point with wildcards, aliases and alternatives resolved. */
public sealed interface ProbeSite {
    /** Full spelling, as {@code -l} lists it and {@code pp()} returns it. */
    String text();

    /** Whether handlers at this site run on the JVM unless told otherwise. */
    default boolean onHost() {
        return switch (this) {
            case Begin _, End _, Error _, Never _, Counter _, Timer _, ProcFile _ -> true;
            case Tracepoint _, KernelFunction _, Statement _, PerfCounter _, Watchpoint _, UserCode _, Netfilter _ -> false;
        };
    }

    /** Start of the session; lower priorities run first. */
    record Begin(String text, long priority) implements ProbeSite { }

    /** Orderly end of the session. */
    record End(String text, long priority) implements ProbeSite { }

    /** End of the session after a run-time error. */
    record Error(String text, long priority) implements ProbeSite { }

    /** Never runs, but is analysed. */
    record Never(String text) implements ProbeSite { }

    /**
     * A counter that other handlers read by {@code @perf}; its own handler never runs.
     *
     * @param name      by which they read it
     * @param type      {@code PERF_TYPE_…}
     * @param config    the counter within the type
     * @param condition under which it is one of the task that runs, absent for every task
     */
    record Counter(String text, String name, int type, long config, Optional<Expression> condition) implements ProbeSite { }

    /** Periodic timer: {@code period} nanoseconds, each turn moved by a random amount within plus or minus {@code randomize} nanoseconds. */
    record Timer(String text, long period, long randomize) implements ProbeSite { }

    /**
     * Somebody reads or writes a file of the script's own.
     *
     * @param path        relative to the script's directory
     * @param isWrite     whether the handler is told what is written, or else makes what is read
     * @param permissions bits of the file's mode that this site asks for
     * @param size        bytes that the text to be read may have, with the terminating zero; 0 for those of a string
     */
    record ProcFile(String text, String path, boolean isWrite, int permissions, int size) implements ProbeSite {
        /** What stands for a character of standard input, as in SystemTap, and for a line of it. */
        private static final String CHARACTER = "__stdin";
        private static final String LINE = "__stdin_line";

        /** Whether standard input is meant, and no file. */
        public boolean isInput() {
            return isWrite && (path.equals(CHARACTER) || isLine());
        }

        /** Whether a line of standard input is meant. */
        public boolean isLine() {
            return isWrite && path.equals(LINE);
        }
    }

    /**
     * Kernel tracepoint.
     *
     * @param name      its name without a system prefix
     * @param typedefId BTF id of the typedef {@code btf_trace_NAME}, absent where BTF does not know it
     * @param arguments number of arguments
     * @param filter    present where the site is one of system calls
     * @param module    module whose BTF the id is of, empty for the kernel image
     */
    record Tracepoint(String text, String name, OptionalInt typedefId, int arguments, Optional<SystemCallFilter> filter,
                      String module) implements ProbeSite {
        public Tracepoint(String text, String name, OptionalInt typedefId, int arguments) {
            this(text, name, typedefId, arguments, Optional.empty());
        }

        public Tracepoint(String text, String name, OptionalInt typedefId, int arguments, Optional<SystemCallFilter> filter) {
            this(text, name, typedefId, arguments, filter, "");
        }
    }

    /**
     * Which system calls a site at sys_enter or sys_exit is for; calls of 32-bit programs never pass.
     *
     * @param numbers sorted
     * @param status  offset in bytes in {@code task_struct} of the word whose bit tells that the call is one of a 32-bit program,
     *                absent where unknown
     */
    record SystemCallFilter(List<Integer> numbers, OptionalInt status) {
        public SystemCallFilter {
            numbers = List.copyOf(numbers);
        }
    }

    /**
     * Entry or return of a kernel function.
     *
     * @param name    symbol
     * @param module  module name, empty for the kernel image
     * @param address where kallsyms has it, absent where addresses are hidden
     * @param isReturn whether the handler runs at return
     * @param funcId  BTF id by which a trampoline finds the function, absent where BTF does not know it under its symbol's name
     * @param arguments words that its parameters fill by BTF, 0 where unknown
     */
    record KernelFunction(String text, String name, String module, OptionalLong address, boolean isReturn, OptionalInt funcId,
                          int arguments) implements ProbeSite {
        /** The entry of the function at whose return this site is. */
        public KernelFunction entry() {
            String quoted = ".function(\"";
            int end = text.indexOf("\")", text.indexOf(quoted) + quoted.length()) + 2;
            return new KernelFunction(text.substring(0, end) + ".call", name, module, address, false, funcId, arguments);
        }
    }

    /** Instruction of the kernel. */
    record Statement(String text, long address) implements ProbeSite { }

    /**
     * Kernel memory that a debug register watches on each CPU.
     *
     * @param length bytes: 1, 2, 4 or 8
     * @param reads  whether reading counts too, and not only writing
     */
    record Watchpoint(String text, long address, int length, boolean reads) implements ProbeSite { }

    /**
     * Counter of {@code perf_event_open(2)}, one on each CPU.
     *
     * @param type      {@code PERF_TYPE_…}
     * @param config    the counter within the type
     * @param rate      events between two runs of the handler, nanoseconds for the clocks; runs a second if {@code frequency}
     */
    record PerfCounter(String text, int type, long config, long rate, boolean frequency) implements ProbeSite { }

    /**
     * Instruction of a program or library.
     *
     * @param path      of the file
     * @param name      the function or mark, empty where none is known
     * @param offset    bytes from the start of the file
     * @param semaphore where in the file the counter of a mark's users lies; 0 for none
     * @param isReturn  whether the handler runs at the return of the function that starts there
     * @param pid       process to which it is limited; -1 for all
     */
    record UserCode(String text, String path, String name, long offset, long semaphore, boolean isReturn, int pid)
            implements ProbeSite { }

    /**
     * Hook of the packet filter.
     *
     * @param family   NFPROTO_…
     * @param hook     its number in the family
     * @param priority smaller ones see a packet earlier
     * @param task     where the task that runs has its name and numbers, for which these programs have no helper
     */
    record Netfilter(String text, int family, int hook, int priority, TaskFields task) implements ProbeSite { }

    /** Offsets in bytes in {@code task_struct}. */
    record TaskFields(int name, int thread, int process) { }
}
