package org.jstap.compiler.kernel.transform;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Output;
import org.jstap.compiler.program.Expr.ArithmeticOp;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.StatKind;
import org.jstap.compiler.program.Type;
import org.jstap.compiler.regex.Matcher;
import org.jstap.compiler.regex.Regex;

/** Which operation needs which side: what eBPF cannot do, what only the event's own context can, and what may fail. */
final class HostNeeds {
    /** Functions that could run on both sides, but that the kernel target has no code for. */
    private static final Set<Intrinsic> NOT_IN_KERNEL = EnumSet.of(Intrinsic.MATCHED, Intrinsic.MATCHED_STR, Intrinsic.NGROUPS);
    /** Functions of which the kernel target has code that costs more than a record to the host. */
    private static final Set<Intrinsic> COSTLY = EnumSet.of(Intrinsic.STR_REPLACE, Intrinsic.TEXT_STRN, Intrinsic.SYMNAME);
    private static final Set<Intrinsic> GROUPS = EnumSet.of(Intrinsic.MATCHED, Intrinsic.MATCHED_STR, Intrinsic.NGROUPS);
    /** Functions that tell of the event, its process or its time. */
    private static final Set<Intrinsic> CONTEXT = EnumSet.of(Intrinsic.PID, Intrinsic.TID, Intrinsic.UID, Intrinsic.GID,
            Intrinsic.CPU, Intrinsic.EXECNAME, Intrinsic.PROBEFUNC, Intrinsic.SITE, Intrinsic.GETTIMEOFDAY_NS, Intrinsic.KTIME_GET_NS,
            Intrinsic.PPID, Intrinsic.PGRP, Intrinsic.SID, Intrinsic.EUID, Intrinsic.EGID, Intrinsic.IS_RETURN,
            Intrinsic.USER_MODE, Intrinsic.REGISTERS_VALID, Intrinsic.JIFFIES, Intrinsic.ADDR, Intrinsic.UADDR, Intrinsic.STACK,
            Intrinsic.REGISTER, Intrinsic.U_REGISTER, Intrinsic.WORD_ARGUMENT);
    private static final Set<Intrinsic> MEMORY = EnumSet.of(Intrinsic.KERNEL_STRING, Intrinsic.KERNEL_STRING_N,
            Intrinsic.USER_STRING, Intrinsic.USER_STRING_N, Intrinsic.KERNEL_CHAR, Intrinsic.KERNEL_SHORT, Intrinsic.KERNEL_INT,
            Intrinsic.KERNEL_LONG, Intrinsic.KERNEL_POINTER, Intrinsic.USER_CHAR_ERROR, Intrinsic.USER_SHORT_ERROR,
            Intrinsic.USER_INT_ERROR, Intrinsic.USER_LONG_ERROR);
    private static final Set<Intrinsic> NEVER_FAIL = EnumSet.of(Intrinsic.WARN, Intrinsic.LOG, Intrinsic.EXIT, Intrinsic.SYSTEM, Intrinsic.SWITCH_FILE,
            Intrinsic.FTRACE, Intrinsic.UDELAY, Intrinsic.PRINTK, Intrinsic.SPRINT_LOADAVG, Intrinsic.NAMESPACE_PROCESS,
            Intrinsic.TOKENIZE, Intrinsic.NEXT_TOKEN, Intrinsic.TARGET, Intrinsic.STP_PID, Intrinsic.HZ, Intrinsic.MEM_PAGE_SIZE,
            Intrinsic.LAST_MEMORY_NODE, Intrinsic.PP, Intrinsic.PN, Intrinsic.RANDINT, Intrinsic.TZ_GMTOFF, Intrinsic.TZ_NAME);

    private final List<Global> globals;
    private final List<Code> functions;
    /** Whether the handler runs for an event of the session, whose process is the host's. */
    private final boolean ofSession;
    private final List<String> regexes;
    private final Map<Integer, Matcher> matchers = new HashMap<>();
    /** Whether the handler wants to know what groups of a pattern have matched. */
    private final boolean asksForGroups;
    /** Variables with strings whose characters only the host knows. */
    private final BitSet encoded;
    private final Reach reach;
    /** Whether texts may be made in the kernel by what costs more than a record to the host. */
    private final boolean texts;

    HostNeeds(IrProgram program, Code code, boolean ofSession, BitSet encoded, KernelShare.Ability ability) {
        this.reach = ability.reach();
        this.texts = ability.texts();
        this.encoded = encoded;
        this.globals = program.globals();
        this.functions = program.functions();
        this.regexes = program.regexes();
        this.ofSession = ofSession;
        boolean[] found = new boolean[1];
        OpFinder.visit(code.body(), op -> found[0] |= op instanceof Op.CallIntrinsic call && GROUPS.contains(call.intrinsic()));
        this.asksForGroups = found[0];
    }

    /** A table tells whether a pattern is found, and not what its groups have matched. */
    private boolean matchesInKernel(Op.Match match) {
        return !asksForGroups && matcher(match.regex()).table().isPresent();
    }

    private boolean matchesInKernel(Op.Capture match) {
        Matcher matcher = matcher(match.regex());
        return match.groups().isEmpty() ? matcher.table().isPresent() : matcher.groupTable().isPresent();
    }

    /** Compiled once: what the handler has to leave to the host is asked for again and again. */
    private Matcher matcher(int regex) {
        Matcher matcher = matchers.get(regex);
        if (matcher == null && Regex.compile(regexes.get(regex)) instanceof Regex.Compiled(var compiled)) {
            matcher = compiled;
            matchers.put(regex, compiled);
        }
        return matcher;
    }

    /** Whether the host would have to remember what was matched for what comes behind the operations. */
    boolean leavesGroups(List<Op> ops) {
        boolean[] found = new boolean[1];
        OpFinder.visit(ops, op -> found[0] |= asksForGroups && op instanceof Op.Match);
        return found[0];
    }

    /** The construct that keeps the operation, not counting its regions, from being done in the kernel. */
    Optional<String> construct(Op op) {
        Optional<String> looking = EncodedTexts.looksInto(op, encoded);
        if (looking.isPresent()) {
            return looking;
        }
        return switch (op) {
            case Op.Foreach _ when walks() -> Optional.empty();
            // A change does not alter what the loop comes to.
            case Op.ForeachBucket o when readable(o.global()) && !writes(o.body().ops()).get(o.global()) -> Optional.empty();
            case Op.Foreach _, Op.ForeachBucket _ -> Optional.of("'foreach'");
            case Op.Match o when !matchesInKernel(o) -> Optional.of("matching this regular expression");
            case Op.Capture o when !matchesInKernel(o) -> Optional.of("matching this regular expression");
            case Op.ReadStat o when !readable(o.global()) || o.kind() == StatKind.VARIANCE && !walks() -> Optional.of("reading a statistic");
            case Op.ReadBucket o when !readable(o.global()) -> Optional.of("reading a bucket of a histogram");
            case Op.PrintHistogram o when !readable(o.global()) -> Optional.of("printing a histogram");
            // The oldest element has to give way, and banks of statistics do not tell which one that is.
            case Op.AddStat o when globals.get(o.global()).wrap() && !walks() -> Optional.of("adding to a wrapping array of statistics");
            case Op.Contains o when globals.get(o.global()).isStatistic() && !readable(o.global()) -> Optional.of("looking at a statistic");
            case Op.Contains o when hasWildcard(o.keys()) && !walks() -> Optional.of("'*' in an index");
            case Op.Delete o when globals.get(o.global()).isStatistic() && !readable(o.global()) -> Optional.of("deleting a statistic");
            case Op.Delete o when globals.get(o.global()).isArray() && o.keys().isEmpty() && !walks() -> Optional.of("deleting a whole array");
            case Op.Delete o when hasWildcard(o.keys()) && !walks() -> Optional.of("'*' in an index");
            case Op.Call o -> Optional.of("a call of '" + functions.get(o.function()).name() + "', which calls itself,");
            case Op.CallIntrinsic o when !texts && searches(o) && !(o.arguments().get(1) instanceof Operand.Text) ->
                Optional.of("searching for a string that is not constant");
            case Op.CallIntrinsic o when !inKernel(o) && !(texts && COSTLY.contains(o.intrinsic())) -> Optional.of("the function '" + o.intrinsic().word() + "'");
            case Op.Format o -> KernelFormats.obstacle(o);
            default -> Optional.empty();
        };
    }

    boolean isArray(int global) {
        return globals.get(global).isArray();
    }

    /** Whether the operation, functions that it calls included, reads one of the globals that is no array. */
    boolean readsScalar(Op op, BitSet of) {
        BitSet reads = GlobalTouches.of(List.of(op), functions).reads();
        reads.and(of);
        for (int global = reads.nextSetBit(0); global >= 0; global = reads.nextSetBit(global + 1)) {
            if (!isArray(global)) {
                return true;
            }
        }
        return false;
    }

    /** Globals that the operations change, functions that they call included. */
    BitSet writes(List<Op> ops) {
        return GlobalTouches.of(ops, functions).writes();
    }

    private boolean readable(int global) {
        return walks() || reach == Reach.STATISTICS && !globals.get(global).wrap();
    }

    private boolean walks() {
        return reach == Reach.ARRAYS;
    }

    /** Whether the operation can be done in the kernel, but at a price that is paid only where the host cannot do it. */
    boolean prefersHost(Op op) {
        return walks() && switch (op) {
            case Op.Foreach _ -> true;
            case Op.Contains o -> hasWildcard(o.keys());
            case Op.Delete o -> hasWildcard(o.keys()) || o.keys().isEmpty() && globals.get(o.global()).isArray();
            default -> false;
        };
    }

    private static boolean hasWildcard(List<Optional<Operand>> keys) {
        for (Optional<Operand> key : keys) {
            if (key.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean inKernel(Op.CallIntrinsic call) {
        return call.intrinsic().where() != Intrinsic.Where.HOST && !NOT_IN_KERNEL.contains(call.intrinsic());
    }

    private static boolean searches(Op.CallIntrinsic call) {
        return call.intrinsic() == Intrinsic.ISINSTR || call.intrinsic() == Intrinsic.STRPOS;
    }

    /** Whether only the handler itself, while the event is on, can do the operation, not counting its regions. */
    boolean needsEvent(Op op) {
        return switch (op) {
            case Op.LoadArgument _, Op.LoadResult _, Op.LoadMemory _, Op.LoadBytes _, Op.StoreMemory _ -> true;
            case Op.CallIntrinsic o -> readsMemory(o) || !ofSession && CONTEXT.contains(o.intrinsic());
            case Op.Call o -> functionNeedsEvent(o.function(), new java.util.BitSet());
            case Op.Print o -> readsMemory(o.output());
            case Op.Format o -> readsMemory(o.output());
            default -> false;
        };
    }

    private static boolean readsMemory(Op.CallIntrinsic call) {
        return MEMORY.contains(call.intrinsic()) || call.intrinsic().where() == Intrinsic.Where.KERNEL;
    }

    private static boolean readsMemory(Output output) {
        for (PrintFormat.Part part : output.format().parts()) {
            if (part instanceof PrintFormat.Conversion c && (c.letter() == 'm' || c.letter() == 'M')) {
                return true;
            }
        }
        return false;
    }

    private boolean functionNeedsEvent(int function, java.util.BitSet seen) {
        if (seen.get(function)) {
            return false;
        }
        seen.set(function);
        boolean[] found = new boolean[1];
        OpFinder.visit(functions.get(function).body(), op -> {
            found[0] |= op instanceof Op.Call call ? functionNeedsEvent(call.function(), seen) : needsEvent(op);
        });
        return found[0];
    }

    /** Whether it gives a value that stays the same during the event and cannot fail, so that it may be asked for earlier. */
    static boolean canBeEarlier(Op op) {
        return switch (op) {
            case Op.LoadArgument _, Op.LoadResult _ -> true;
            case Op.CallIntrinsic o -> o.to().isPresent() && o.arguments().isEmpty() && CONTEXT.contains(o.intrinsic());
            default -> false;
        };
    }

    /** Whether the operation, not counting its regions, may end in a run-time error that can be caught. */
    boolean mayFail(Op op) {
        return switch (op) {
            case Op.Arithmetic o -> (o.op() == ArithmeticOp.DIV || o.op() == ArithmeticOp.MOD)
                    && !(o.right() instanceof Operand.Number number && number.value() != 0);
            case Op.WriteGlobal o -> !o.keys().isEmpty();
            case Op.AddGlobal o -> !o.keys().isEmpty();
            case Op.AddStat o -> !o.keys().isEmpty() && !globals.get(o.global()).wrap();
            case Op.ReadStat o -> o.kind() != StatKind.COUNT && o.kind() != StatKind.SUM;
            case Op.ReadBucket _, Op.PrintHistogram _, Op.LoadMemory _, Op.LoadBytes _, Op.StoreMemory _, Op.Call _ -> true;
            case Op.CallIntrinsic o -> !o.intrinsic().pure() && !NEVER_FAIL.contains(o.intrinsic())
                    && !CONTEXT.contains(o.intrinsic());
            case Op.Print o -> readsMemory(o.output());
            case Op.Format o -> readsMemory(o.output());
            default -> false;
        };
    }

    static boolean isText(Operand operand) {
        return operand.type() == Type.STRING;
    }
}
