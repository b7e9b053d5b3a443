package org.jstap.compiler.host.function;

import org.jstap.compiler.host.Fault;
import org.jstap.compiler.host.HostServices;
import org.jstap.compiler.host.HostServices.Fact;
import org.jstap.compiler.host.text.Arguments;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.program.Expr.Space;
import org.jstap.compiler.syscall.SystemCalls;

/** Runs intrinsics on the JVM. */
public final class HostIntrinsics {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int IPV6_BYTES = 16;

    private final CallContext context;
    private final HostServices services;

    public HostIntrinsics(CallContext context) {
        this.context = context;
        this.services = context.services();
    }

    /**
     * Calls an intrinsic. Its arguments stand in {@code a}, its result is left there; longer strings than a string may be are cut by
     * the caller. Throws {@link Fault} where the intrinsic fails.
     *
     * @return {@code a}
     */
    public Arguments call(Intrinsic intrinsic, Arguments a) {
        return switch (intrinsic) {
            case PID, TID, UID, GID, CPU, TARGET, PPID, PGRP, SID, EUID, EGID, STP_PID, MEM_PAGE_SIZE, LAST_MEMORY_NODE, HZ, JIFFIES, RANDINT,
                 GETTIMEOFDAY_NS, KTIME_GET_NS, TZ_GMTOFF, IS_RETURN, USER_MODE, REGISTERS_VALID, ADDR, UADDR, STACK, USTACK, TASK_CURRENT, REGISTER,
                 U_REGISTER, WORD_ARGUMENT, VERDICT, SET_VERDICT, PERF_COUNTER, NAMESPACE_PROCESS, LOADAVG_INDEX ->
                    a.result(fact(intrinsic, a));
            case EXECNAME -> a.result(services.executableName());
            case PID2EXECNAME -> a.result(services.executableName(a.number(0)));
            case PP -> a.result(context.probePoint());
            case PN -> a.result(context.pointName());
            case PROBE_TYPE -> a.result(hostType(context.probePoint()));
            case PROBE_MODULE -> a.result(AddressFunctions.probedModule(a.text(0)));
            // The name of the address 0, as in SystemTap.
            case PROBEFUNC -> a.result("0x0");
            case BACKTRACE, UBACKTRACE, CALLERS, UCALLERS -> a.result("");
            case STACK_LINES -> a.result(StackText.ofKernel(services, a.text(0)));
            case USER_STACK_LINES -> a.result(StackText.ofProcess(services, a.number(0), a.text(1)));
            case USER_SYMNAME -> a.result(StackText.userName(services, a.number(0), a.number(1)));
            case USER_SYMDATA -> a.result(StackText.userData(services, a.number(0), a.number(1)));
            case PROCFS_VALUE -> a.result(services.fileText());
            case PROCFS_SET, PROCFS_APPEND -> {
                services.fileText(a.text(0), intrinsic == Intrinsic.PROCFS_APPEND);
                yield a;
            }
            case MODULE_NAME -> throw new IllegalArgumentException("a constant since pass 2");
            case SPRINT_LOADAVG -> a.result(services.loadAverages() + "\n");
            case MODNAME -> a.result(AddressFunctions.module(services, a.number(0)));
            case EXIT, ABORT, ERROR, WARN, LOG, SYSTEM, SWITCH_FILE, FTRACE, PRINTK, UDELAY -> session(intrinsic, a);
            case STRLEN, SUBSTR, STRTOL, STRINGAT, ISINSTR, STRPOS, STR_REPLACE, STRING_QUOTED, TEXT_STR, TEXT_STRN, TOKENIZE,
                 NEXT_TOKEN, SPAN, ENTRY, MATCHED, MATCHED_STR, NGROUPS -> string(intrinsic, a);
            case KERNEL_STRING, USER_STRING, KERNEL_STRING_N, USER_STRING_N, KERNEL_CHAR, KERNEL_SHORT, KERNEL_INT, KERNEL_LONG,
                 KERNEL_POINTER, USER_CHAR_ERROR, USER_SHORT_ERROR, USER_INT_ERROR, USER_LONG_ERROR -> memory(intrinsic, a);
            case SYMNAME -> a.result(AddressFunctions.symbolName(services, a.number(0)));
            case SYMDATA -> a.result(AddressFunctions.symbolData(services, a.number(0)));
            case ENUM_NAME -> a.result(services.enumerator(a.text(0), a.number(1)).orElse(Long.toString(a.number(1))));
            case NTOHS -> a.result(Short.toUnsignedLong(Short.reverseBytes((short) a.number(0))));
            case NTOHL -> a.result(Integer.toUnsignedLong(Integer.reverseBytes((int) a.number(0))));
            case NTOHLL -> a.result(Long.reverseBytes(a.number(0)));
            case IP_NTOP -> a.result(AddressFunctions.ipv4(a.number(0)));
            case IP6_NTOP -> a.result(AddressFunctions.ipv6(bytes(a.number(0), IPV6_BYTES)));
            case ERRNO_STR -> a.result(ErrnoNames.name(a.number(0)));
            case SIGNAL_STR -> a.result(SignalNames.name(a.number(0)));
            case SIGSET_MASK_STR -> a.result(SignalNames.mask(a.number(0)));
            case SYSCALL_NAME, SYSCALL_ALIAS -> a.result(SystemCalls.current().name(a.number(0)));
            case SYSCALL_NUM -> a.result(SystemCalls.current().number(a.text(0)));
            case SYSCALL_ARGUMENTS, SYSCALL_RESULT, SYSCALL_TEXT, SYSCALL_MEMORY, SYSCALL_POINTERS, SYSCALL_STRINGS, BUFFER_HEX ->
                a.result("");
            case KERNEL_BUFFER, USER_BUFFER, RAISE, MEMBER_TEXT, SITE, SYSCALL_POINT -> throw new Fault("this cannot be done outside of the kernel: "
                    + intrinsic.word());
            case CTIME -> a.result(TimeFunctions.date(a.number(0)));
            case TZ_NAME -> a.result(services.zoneName());
            case FP32_TO_FP64, FP_ADD, FP_SUB, FP_MUL, FP_DIV, FP_REM, FP_SQRT, FP_EQ, FP_LE, FP_LT, FP_TO_LONG, FP_TO_STRING,
                 LONG_TO_FP, STRING_TO_FP -> floating(intrinsic, a);
        };
    }

    private long fact(Intrinsic intrinsic, Arguments a) {
        return switch (intrinsic) {
            case PID, STP_PID -> services.fact(Fact.PROCESS_ID);
            case TID -> services.fact(Fact.THREAD_ID);
            case UID -> services.fact(Fact.USER_ID);
            case GID -> services.fact(Fact.GROUP_ID);
            case CPU -> services.fact(Fact.CPU);
            case TARGET -> services.fact(Fact.TARGET);
            case PPID -> services.fact(Fact.PARENT_PROCESS_ID);
            case PGRP -> services.fact(Fact.PROCESS_GROUP);
            case SID -> services.fact(Fact.SESSION_ID);
            case EUID -> services.fact(Fact.EFFECTIVE_USER_ID);
            case EGID -> services.fact(Fact.EFFECTIVE_GROUP_ID);
            case MEM_PAGE_SIZE -> services.fact(Fact.PAGE_SIZE);
            case LAST_MEMORY_NODE -> services.fact(Fact.LAST_MEMORY_NODE);
            case HZ -> services.fact(Fact.TICKS_PER_SECOND);
            case JIFFIES -> services.monotonicClock() / (NANOS_PER_SECOND / services.fact(Fact.TICKS_PER_SECOND));
            case RANDINT -> a.number(0) <= 0 ? 0 : Long.remainderUnsigned(services.random(), a.number(0));
            case GETTIMEOFDAY_NS -> services.wallClock();
            case KTIME_GET_NS -> services.monotonicClock();
            // Zones west of Greenwich count up, as in the kernel.
            case TZ_GMTOFF -> -services.zoneOffset();
            case IS_RETURN, USER_MODE, REGISTERS_VALID, ADDR, UADDR, STACK, USTACK -> 0;
            case VERDICT, SET_VERDICT -> throw new Fault("only probes of netfilter have a verdict");
            case REGISTER, U_REGISTER, WORD_ARGUMENT -> throw new Fault("cannot access CPU registers in this context");
            case LOADAVG_INDEX -> TimeFunctions.loadAverage(services.loadAverages(), a.number(0));
            case TASK_CURRENT, NAMESPACE_PROCESS, PERF_COUNTER -> throw new Fault("no task of the kernel here: the handler runs outside of it");
            default -> throw new IllegalArgumentException("no fact: " + intrinsic);
        };
    }

    private Arguments session(Intrinsic intrinsic, Arguments a) {
        switch (intrinsic) {
            case EXIT, ABORT -> services.requestExit();
            case ERROR -> throw new Fault(a.text(0));
            case WARN -> {
                String text = a.text(0);
                services.warn(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
            }
            case LOG -> {
                context.output().append(a.text(0));
                context.output().append('\n');
            }
            case SYSTEM -> services.system(a.text(0));
            case SWITCH_FILE -> services.switchFile();
            case FTRACE -> services.trace(a.text(0));
            case UDELAY -> {
                long end = services.monotonicClock() + a.number(0) * 1000;
                while (services.monotonicClock() < end) {
                    Thread.onSpinWait();
                }
            }
            case PRINTK -> services.kernelLog((int) (a.number(0) & 7), a.text(1));
            default -> throw new IllegalArgumentException("no session intrinsic: " + intrinsic);
        }
        return a;
    }

    /** SystemTap's word for the kind of a probe whose handlers run here. */
    private static String hostType(String point) {
        if (point.startsWith("timer.")) {
            return point.startsWith("timer.jiffies") ? "timer" : "hrtimer";
        }
        return point.startsWith("procfs") ? "procfs" : point.startsWith("input") ? "input" : "begin_end";
    }

    private Arguments string(Intrinsic intrinsic, Arguments a) {
        int most = context.limits().textBytes();
        return switch (intrinsic) {
            case STRLEN -> a.result(a.text(0).length());
            case SUBSTR -> a.result(StringFunctions.substring(a.text(0), a.number(1), a.number(2)));
            case STRTOL -> a.result(StringFunctions.toNumber(a.text(0), a.number(1)));
            case STRINGAT -> a.result(StringFunctions.byteAt(a.text(0), a.number(1)));
            case ISINSTR -> a.result(a.text(0).contains(a.text(1)));
            case STRPOS -> a.result(a.text(0).indexOf(a.text(1)));
            case STR_REPLACE -> a.result(StringFunctions.replace(a.text(0), a.text(1), a.text(2), most));
            case STRING_QUOTED -> a.result(StringFunctions.quoted(a.text(0), most));
            case TEXT_STR -> a.result(StringFunctions.escaped(a.text(0), most));
            case TEXT_STRN -> {
                int limit = a.number(1) <= 0 || a.number(1) > most ? most : (int) a.number(1);
                // The least that quotes and dots need.
                yield a.result(a.number(2) != 0 ? StringFunctions.quoted(a.text(0), Math.max(limit, StringFunctions.LEAST_QUOTED))
                        : StringFunctions.escaped(a.text(0), limit));
            }
            case TOKENIZE -> {
                if (!a.text(0).isEmpty()) {
                    context.startTokens(a.text(0));
                }
                yield a.result(context.nextToken(a.text(1)));
            }
            case NEXT_TOKEN -> a.result(context.nextToken(a.text(0)));
            case SPAN -> a.result(StringFunctions.span(a.text(0), a.text(1), a.number(2), a.number(3) != 0));
            case ENTRY -> a.result(StringFunctions.entry(a.text(0), a.number(1), (int) a.number(2)));
            case MATCHED -> a.result(context.matched(a.number(0)));
            case MATCHED_STR -> a.result(context.matched(0));
            case NGROUPS -> a.result(context.groupCount());
            default -> throw new IllegalArgumentException("no string intrinsic: " + intrinsic);
        };
    }

    private Arguments memory(Intrinsic intrinsic, Arguments a) {
        int most = context.limits().textBytes();
        long address = a.number(0);
        return switch (intrinsic) {
            case KERNEL_STRING -> a.result(MemoryFunctions.text(services, Space.KERNEL, address, most));
            case USER_STRING -> a.result(MemoryFunctions.text(services, Space.USER, address, most));
            case KERNEL_STRING_N -> a.result(MemoryFunctions.text(services, Space.KERNEL, address, Math.min(most, a.number(1))));
            case USER_STRING_N -> a.result(MemoryFunctions.text(services, Space.USER, address, Math.min(most, a.number(1))));
            case KERNEL_CHAR -> a.result(MemoryFunctions.number(services, Space.KERNEL, address, 1, "char"));
            case KERNEL_SHORT -> a.result(MemoryFunctions.number(services, Space.KERNEL, address, 2, "short"));
            case KERNEL_INT -> a.result(MemoryFunctions.number(services, Space.KERNEL, address, 4, "int"));
            case KERNEL_LONG -> a.result(MemoryFunctions.number(services, Space.KERNEL, address, 8, "long"));
            case KERNEL_POINTER -> a.result(MemoryFunctions.number(services, Space.KERNEL, address, 8, "pointer"));
            case USER_CHAR_ERROR -> a.result(MemoryFunctions.number(services, Space.USER, address, 1, "char"));
            case USER_SHORT_ERROR -> a.result(MemoryFunctions.number(services, Space.USER, address, 2, "short"));
            case USER_INT_ERROR -> a.result(MemoryFunctions.number(services, Space.USER, address, 4, "int"));
            case USER_LONG_ERROR -> a.result(MemoryFunctions.number(services, Space.USER, address, 8, "long"));
            default -> throw new IllegalArgumentException("no memory intrinsic: " + intrinsic);
        };
    }

    private static Arguments floating(Intrinsic intrinsic, Arguments a) {
        if (intrinsic == Intrinsic.STRING_TO_FP) {
            return a.result(FloatFunctions.fromText(a.text(0)));
        }
        double left = FloatFunctions.value(a.number(0));
        double right = a.count() > 1 ? FloatFunctions.value(a.number(1)) : 0;
        return switch (intrinsic) {
            case FP32_TO_FP64 -> a.result(FloatFunctions.fromSingle(a.number(0)));
            case FP_ADD -> a.result(FloatFunctions.bits(left + right));
            case FP_SUB -> a.result(FloatFunctions.bits(left - right));
            case FP_MUL -> a.result(FloatFunctions.bits(left * right));
            case FP_DIV -> a.result(FloatFunctions.bits(left / right));
            case FP_REM -> a.result(FloatFunctions.bits(Math.IEEEremainder(left, right)));
            case FP_SQRT -> a.result(FloatFunctions.bits(Math.sqrt(left)));
            case FP_EQ -> a.result(left == right);
            case FP_LE -> a.result(left <= right);
            case FP_LT -> a.result(left < right);
            case FP_TO_LONG -> a.result(FloatFunctions.toLong(a.number(0), a.number(1)));
            case FP_TO_STRING -> a.result(FloatFunctions.toText(a.number(0), a.number(1)));
            case LONG_TO_FP -> a.result(FloatFunctions.bits((double) a.number(0)));
            default -> throw new IllegalArgumentException("no floating point intrinsic: " + intrinsic);
        };
    }

    private byte[] bytes(long address, int size) {
        byte[] bytes = new byte[size];
        if (services.read(Space.KERNEL, address, bytes) < size) {
            throw Fault.read(address);
        }
        return bytes;
    }

}
