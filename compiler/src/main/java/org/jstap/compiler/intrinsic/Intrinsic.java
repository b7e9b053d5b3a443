package org.jstap.compiler.intrinsic;

import static org.jstap.compiler.intrinsic.Intrinsic.Where.BOTH;
import static org.jstap.compiler.intrinsic.Intrinsic.Where.HOST;
import static org.jstap.compiler.intrinsic.Intrinsic.Where.KERNEL;
import static org.jstap.compiler.program.Type.LONG;
import static org.jstap.compiler.program.Type.STRING;
import static org.jstap.compiler.program.Type.VOID;

import java.util.List;
import org.jstap.compiler.program.Type;

/**
 * A built-in function. Scripts call it by {@link #word()} like any function; a script's or tapset's own function of that name
 * comes before it.
 */
public enum Intrinsic {
    // Context
    PID("pid", LONG, 0, BOTH, 0),
    TID("tid", LONG, 0, BOTH, 0),
    UID("uid", LONG, 0, BOTH, 0),
    GID("gid", LONG, 0, BOTH, 0),
    CPU("cpu", LONG, 0, BOTH, 0),
    EXECNAME("execname", STRING, 16, BOTH, 0),
    TARGET("target", LONG, 0, BOTH, 0),
    PP("pp", STRING, 512, BOTH, 0),
    PN("pn", STRING, 512, BOTH, 0),
    PROBEFUNC("probefunc", STRING, 128, BOTH, 0),
    TASK_CURRENT("task_current", LONG, 0, KERNEL, 0),
    // Time
    GETTIMEOFDAY_NS("gettimeofday_ns", LONG, 0, BOTH, 0),
    KTIME_GET_NS("ktime_get_ns", LONG, 0, BOTH, 0),
    // Session
    EXIT("exit", VOID, 0, BOTH, 0),
    ABORT("abort", VOID, 0, BOTH, 0),
    ERROR("error", VOID, 0, BOTH, 0, STRING),
    WARN("warn", VOID, 0, BOTH, 0, STRING),
    LOG("log", VOID, 0, BOTH, 0, STRING),
    // Strings
    STRLEN("strlen", LONG, 0, BOTH, 1, STRING),
    SUBSTR("substr", STRING, 512, BOTH, 1, STRING, LONG, LONG),
    STRTOL("strtol", LONG, 0, BOTH, 1, STRING, LONG),
    // Memory
    KERNEL_STRING("kernel_string", STRING, 512, BOTH, 0, LONG),
    USER_STRING("user_string", STRING, 512, BOTH, 0, LONG),
    KERNEL_STRING_N("kernel_string_n", STRING, 512, BOTH, 0, LONG, LONG),
    USER_STRING_N("user_string_n", STRING, 512, BOTH, 0, LONG, LONG),
    // Byte order
    NTOHS("ntohs", LONG, 0, BOTH, 1, LONG),
    NTOHL("ntohl", LONG, 0, BOTH, 1, LONG),
    NTOHLL("ntohll", LONG, 0, BOTH, 1, LONG),
    // Symbols and addresses
    SYMNAME("symname", STRING, 256, HOST, 1, LONG),
    SYMDATA("symdata", STRING, 256, HOST, 1, LONG),
    IP_NTOP("ip_ntop", STRING, 16, BOTH, 1, LONG),
    IP6_NTOP("__ip6_ntop", STRING, 46, KERNEL, 0, LONG);

    /** On which side an intrinsic can run. A {@code HOST} one that is pure can still end up in the output of a kernel handler. */
    public enum Where { HOST, KERNEL, BOTH }

    private final String word;
    private final Type result;
    private final int width;
    private final Where where;
    private final boolean pure;
    private final List<Type> parameters;

    Intrinsic(String word, Type result, int width, Where where, int pure, Type... parameters) {
        this.word = word;
        this.result = result;
        this.width = width;
        this.where = where;
        this.pure = pure != 0;
        this.parameters = List.of(parameters);
    }

    /** Name in scripts. */
    public String word() {
        return word;
    }

    public Type result() {
        return result;
    }

    /** Largest size of a string result in bytes, with the terminating zero; 0 for numbers. */
    public int width() {
        return width;
    }

    public Where where() {
        return where;
    }

    /** Whether the result depends on the arguments alone, so that the host may compute it later from recorded arguments. */
    public boolean pure() {
        return pure;
    }

    public List<Type> parameters() {
        return parameters;
    }
}
