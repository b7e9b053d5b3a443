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
    /** A constant: {@code -m}, or a name made of the process id. */
    MODULE_NAME("module_name", STRING, 64, BOTH, 1),
    PN("pn", STRING, 512, BOTH, 0),
    /** How the probe is attached, in the words of the mechanism. */
    PROBE_TYPE("probe_type", STRING, 32, BOTH, 0),
    /** The module of a probe point, which is given as a text. */
    PROBE_MODULE("__probemod", STRING, 64, HOST, 1, STRING),
    PROBEFUNC("probefunc", STRING, 128, BOTH, 0),
    /** Number of the site among the handler's. Not for scripts. */
    SITE("site.number", LONG, 0, KERNEL, 0),
    TASK_CURRENT("task_current", LONG, 0, KERNEL, 0),
    /** Whether the packet passes (1) or is dropped (0). */
    VERDICT("__verdict", LONG, 0, KERNEL, 0),
    SET_VERDICT("__set_verdict", LONG, 0, KERNEL, 0, LONG),
    /** Value of a counter of {@code perf_event_open(2)}, given by type and config, for the task that runs. */
    PERF_COUNTER("__perf_counter", LONG, 0, KERNEL, 0, LONG, LONG),
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
    /** As kernel_string_n, of at most as many bytes as the third says, at the second from where a typed pointer points. Not for scripts. */
    MEMBER_TEXT("member.text", STRING, 512, KERNEL, 0, LONG, LONG, LONG),
    USER_STRING_N("user_string_n", STRING, 512, BOTH, 0, LONG, LONG),
    // Byte order
    NTOHS("ntohs", LONG, 0, BOTH, 1, LONG),
    NTOHL("ntohl", LONG, 0, BOTH, 1, LONG),
    NTOHLL("ntohll", LONG, 0, BOTH, 1, LONG),
    // Symbols and addresses
    SYMNAME("symname", STRING, 256, HOST, 1, LONG),
    SYMDATA("symdata", STRING, 256, HOST, 1, LONG),
    /** Name of a value of one of the kernel's enumerations; the number where either is unknown to this kernel. */
    ENUM_NAME("enum_name", STRING, 128, HOST, 1, STRING, LONG),
    IP_NTOP("ip_ntop", STRING, 16, BOTH, 1, LONG),
    IP6_NTOP("__ip6_ntop", STRING, 46, KERNEL, 0, LONG),
    // Context, more of it
    PPID("__ppid", LONG, 0, BOTH, 0),
    PGRP("__pgrp", LONG, 0, BOTH, 0),
    SID("__sid", LONG, 0, BOTH, 0),
    EUID("__euid", LONG, 0, BOTH, 0),
    EGID("__egid", LONG, 0, BOTH, 0),
    STP_PID("stp_pid", LONG, 0, BOTH, 0),
    /** The process in whose namespaces identifiers are told. */
    NAMESPACE_PROCESS("__namespace_process", LONG, 0, KERNEL, 0),
    PID2EXECNAME("pid2execname", STRING, 16, HOST, 0, LONG),
    IS_RETURN("is_return", LONG, 0, BOTH, 0),
    USER_MODE("user_mode", LONG, 0, BOTH, 0),
    REGISTERS_VALID("registers_valid", LONG, 0, BOTH, 0),
    ADDR("addr", LONG, 0, BOTH, 0),
    UADDR("uaddr", LONG, 0, BOTH, 0),
    REGISTER("register", LONG, 0, KERNEL, 0, STRING),
    U_REGISTER("u_register", LONG, 0, KERNEL, 0, STRING),
    /** The n-th argument of the probed function by the calling convention, counted from 1; 0 is its result. */
    WORD_ARGUMENT("__word_argument", LONG, 0, KERNEL, 0, LONG),
    BACKTRACE("backtrace", STRING, 512, BOTH, 0),
    UBACKTRACE("ubacktrace", STRING, 512, BOTH, 0),
    /** The n-th address of the kernel's stack, counted from 0 for the place of the probe. */
    STACK("stack", LONG, 0, BOTH, 0, LONG),
    USTACK("ustack", LONG, 0, BOTH, 0, LONG),
    /** The first addresses of the kernel's stack. */
    CALLERS("callers", STRING, 512, BOTH, 0, LONG),
    UCALLERS("ucallers", STRING, 512, BOTH, 0, LONG),
    /** Text of addresses as lines of a backtrace. */
    STACK_LINES("sprint_stack", STRING, 512, HOST, 1, STRING),
    /** Symbols of a process, given by its id. */
    USER_SYMNAME("__usymname", STRING, 256, HOST, 1, LONG, LONG),
    USER_SYMDATA("__usymdata", STRING, 512, HOST, 1, LONG, LONG),
    USER_STACK_LINES("__sprint_ustack", STRING, 512, HOST, 1, LONG, STRING),
    MODNAME("modname", STRING, 64, HOST, 1, LONG),
    MEM_PAGE_SIZE("mem_page_size", LONG, 0, BOTH, 0),
    /** The highest number of a node that has memory; 0 where all memory is the same. */
    LAST_MEMORY_NODE("__last_memory_node", LONG, 0, BOTH, 0),
    HZ("HZ", LONG, 0, BOTH, 0),
    JIFFIES("jiffies", LONG, 0, BOTH, 0),
    RANDINT("randint", LONG, 0, BOTH, 0, LONG),
    SYSTEM("system", VOID, 0, HOST, 0, STRING),
    SWITCH_FILE("switch_file", VOID, 0, HOST, 0),
    LOADAVG_INDEX("get_loadavg_index", LONG, 0, HOST, 0, LONG),
    /** Changes so seldom that it can be asked for when it is printed. */
    SPRINT_LOADAVG("sprint_loadavg", STRING, 64, HOST, 1),
    FTRACE("ftrace", VOID, 0, BOTH, 0, STRING),
    PRINTK("printk", VOID, 0, HOST, 0, LONG, STRING),
    UDELAY("udelay", VOID, 0, BOTH, 0, LONG),
    RAISE("raise", VOID, 0, KERNEL, 0, LONG),
    // Text of the file that a procfs probe stands for
    PROCFS_VALUE("__procfs_value", STRING, 512, HOST, 0),
    PROCFS_SET("__procfs_set", VOID, 0, HOST, 0, STRING),
    PROCFS_APPEND("__procfs_append", VOID, 0, HOST, 0, STRING),
    // Strings, more of them
    STRINGAT("stringat", LONG, 0, BOTH, 0, STRING, LONG),
    ISINSTR("isinstr", LONG, 0, BOTH, 1, STRING, STRING),
    STRPOS("strpos", LONG, 0, BOTH, 1, STRING, STRING),
    STR_REPLACE("str_replace", STRING, 512, HOST, 1, STRING, STRING, STRING),
    STRING_QUOTED("string_quoted", STRING, 512, BOTH, 1, STRING),
    TEXT_STR("text_str", STRING, 512, BOTH, 1, STRING),
    TEXT_STRN("text_strn", STRING, 512, HOST, 1, STRING, LONG, LONG),
    TOKENIZE("tokenize", STRING, 512, HOST, 0, STRING, STRING),
    NEXT_TOKEN("tokenize", STRING, 512, HOST, 0, STRING),
    /** The first place from the third on that is outside of the second's characters, or one of them where the fourth is 1. Not for scripts. */
    SPAN("text.span", LONG, 0, BOTH, 1, STRING, STRING, LONG, LONG),
    /** The text at an index in a table, which is a constant, of texts with so many bytes each. Not for scripts. */
    ENTRY("text.entry", STRING, 24, BOTH, 1, STRING, LONG, LONG),
    MATCHED("matched", STRING, 512, BOTH, 0, LONG),
    MATCHED_STR("matched_str", STRING, 512, BOTH, 0),
    NGROUPS("ngroups", LONG, 0, BOTH, 0),
    // Names
    ERRNO_STR("errno_str", STRING, 24, HOST, 1, LONG),
    SIGNAL_STR("signal_str", STRING, 16, HOST, 1, LONG),
    SIGSET_MASK_STR("sigset_mask_str", STRING, 256, HOST, 1, LONG),
    SYSCALL_NAME("syscall_name", STRING, 32, BOTH, 1, LONG),
    SYSCALL_NUM("syscall_num", LONG, 0, HOST, 1, STRING),
    // Texts that the host makes of what the kernel recorded: org.jstap.compiler.syscall.EncodedText
    /** Which of several system calls a handler runs for: the number, and what the point's name has before and behind the call's. */
    SYSCALL_POINT("__syscall_point", VOID, 0, KERNEL, 0, LONG, STRING, STRING),
    SYSCALL_ALIAS("__syscall_alias", STRING, 32, KERNEL, 0, LONG),
    SYSCALL_ARGUMENTS("__syscall_arguments", STRING, 512, KERNEL, 0, LONG, LONG, LONG, LONG, LONG, LONG, LONG),
    SYSCALL_RESULT("__syscall_result", STRING, 32, KERNEL, 0, LONG, LONG),
    SYSCALL_TEXT("__syscall_text", STRING, 32, KERNEL, 0, LONG, LONG),
    SYSCALL_MEMORY("__syscall_memory", STRING, 152, KERNEL, 0, LONG, LONG, LONG),
    SYSCALL_POINTERS("__syscall_pointers", STRING, 512, KERNEL, 0, LONG, LONG),
    SYSCALL_STRINGS("__syscall_strings", STRING, 512, KERNEL, 0, LONG, LONG),
    /** Memory of the kernel as hexadecimal digits; "" where it cannot be read. */
    BUFFER_HEX("__buffer_hex", STRING, 512, KERNEL, 0, LONG, LONG),
    // Time
    CTIME("ctime", STRING, 25, HOST, 1, LONG),
    TZ_GMTOFF("tz_gmtoff", LONG, 0, HOST, 0),
    TZ_NAME("tz_name", STRING, 16, HOST, 0),
    // Memory, more of it
    KERNEL_CHAR("kernel_char", LONG, 0, BOTH, 0, LONG),
    KERNEL_SHORT("kernel_short", LONG, 0, BOTH, 0, LONG),
    KERNEL_INT("kernel_int", LONG, 0, BOTH, 0, LONG),
    KERNEL_LONG("kernel_long", LONG, 0, BOTH, 0, LONG),
    KERNEL_POINTER("kernel_pointer", LONG, 0, BOTH, 0, LONG),
    USER_CHAR_ERROR("user_char_error", LONG, 0, BOTH, 0, LONG),
    USER_SHORT_ERROR("user_short_error", LONG, 0, BOTH, 0, LONG),
    USER_INT_ERROR("user_int_error", LONG, 0, BOTH, 0, LONG),
    USER_LONG_ERROR("user_long_error", LONG, 0, BOTH, 0, LONG),
    // Memory in quotes: address, bytes there, most bytes of the text. Also an EncodedText
    KERNEL_BUFFER("__kernel_buffer_quoted", STRING, 512, KERNEL, 0, LONG, LONG, LONG),
    USER_BUFFER("__user_buffer_quoted", STRING, 512, KERNEL, 0, LONG, LONG, LONG),
    // Floating point: numbers hold the bits of IEEE 754 doubles
    FP32_TO_FP64("fp32_to_fp64", LONG, 0, HOST, 1, LONG),
    FP_ADD("fp_add", LONG, 0, HOST, 1, LONG, LONG),
    FP_SUB("fp_sub", LONG, 0, HOST, 1, LONG, LONG),
    FP_MUL("fp_mul", LONG, 0, HOST, 1, LONG, LONG),
    FP_DIV("fp_div", LONG, 0, HOST, 1, LONG, LONG),
    FP_REM("fp_rem", LONG, 0, HOST, 1, LONG, LONG),
    FP_SQRT("fp_sqrt", LONG, 0, HOST, 1, LONG),
    FP_EQ("fp_eq", LONG, 0, HOST, 1, LONG, LONG),
    FP_LE("fp_le", LONG, 0, HOST, 1, LONG, LONG),
    FP_LT("fp_lt", LONG, 0, HOST, 1, LONG, LONG),
    FP_TO_LONG("fp_to_long", LONG, 0, HOST, 1, LONG, LONG, LONG),
    FP_TO_STRING("fp_to_string", STRING, 512, HOST, 1, LONG, LONG),
    LONG_TO_FP("long_to_fp", LONG, 0, HOST, 1, LONG),
    STRING_TO_FP("string_to_fp", LONG, 0, HOST, 0, STRING);

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
