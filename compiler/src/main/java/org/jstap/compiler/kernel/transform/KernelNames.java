package org.jstap.compiler.kernel.transform;

import java.util.List;
import org.jstap.compiler.host.function.ErrnoNames;
import org.jstap.compiler.host.function.SignalNames;
import org.jstap.compiler.host.function.TimeFunctions;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Expr.ComparisonOp;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.PrintFormat.Flag;
import org.jstap.compiler.program.Type;

/** Names of numbers, looked up in a text that holds them all, and dates. */
final class KernelNames {
    private static final int ERRNO_WIDTH = 24;
    private static final int LAST_ERRNO = 131;
    private static final int SIGNAL_WIDTH = 16;
    private static final int LAST_SIGNAL = 64;
    private static final long DAY = 86_400;
    private static final int NAME_OF_TIME = 3;

    private KernelNames() { }

    /** Writes what gives the result of a function; false where it is none of those. */
    static boolean write(Op.CallIntrinsic call, Variable to, IrWriter out) {
        switch (call.intrinsic()) {
            case ERRNO_STR -> errno(call.arguments().getFirst(), to, out);
            case SIGNAL_STR -> out.call(to, Intrinsic.ENTRY, IrWriter.text(signals()), call.arguments().getFirst(),
                    IrWriter.number(SIGNAL_WIDTH));
            case CTIME -> date(call.arguments().getFirst(), to, out);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void entry(StringBuilder table, String name, int width) {
        table.append(name).repeat('\0', width - name.length());
    }

    private static String signals() {
        StringBuilder table = new StringBuilder();
        for (int signal = 0; signal <= LAST_SIGNAL; signal++) {
            entry(table, SignalNames.name(signal), SIGNAL_WIDTH);
        }
        return table.toString();
    }

    private static String errors() {
        StringBuilder table = new StringBuilder();
        for (int number = 0; number <= LAST_ERRNO; number++) {
            entry(table, ErrnoNames.name(number), ERRNO_WIDTH);
        }
        return table.toString();
    }

    private static void errno(Operand number, Variable to, IrWriter out) {
        Variable row = out.copy(number);
        out.branch(out.compare(ComparisonOp.LT, row, IrWriter.ZERO), () -> out.move(row, out.subtract(IrWriter.ZERO, row)), () -> { });
        out.call(to, Intrinsic.ENTRY, IrWriter.text(errors()), row, IrWriter.number(ERRNO_WIDTH));
    }

    /** As {@link TimeFunctions} does it, but from a day on before which no date is, so that nothing is negative. */
    private static void date(Operand seconds, Variable to, IrWriter out) {
        Variable given = out.copy(seconds);
        out.branch(out.compare(ComparisonOp.LT, given, IrWriter.number(Integer.MIN_VALUE)), () -> fail(TimeFunctions.TOO_EARLY, out),
                () -> { });
        out.branch(out.compare(ComparisonOp.GT, given, IrWriter.number(Integer.MAX_VALUE)), () -> fail(TimeFunctions.TOO_LATE, out),
                () -> { });
        Operand since = out.add(given, TimeFunctions.DAYS_BEFORE * DAY);
        Operand days = out.divide(since, DAY);
        Operand second = out.modulo(since, DAY);
        Operand dayOfEra = out.modulo(days, 146_097);
        Operand leaps = out.subtract(out.divide(dayOfEra, 36_524), out.divide(dayOfEra, 146_096));
        Operand yearOfEra = out.divide(out.sum(out.subtract(dayOfEra, out.divide(dayOfEra, 1460)), leaps), 365);
        Operand before = out.subtract(out.sum(out.multiply(yearOfEra, 365), out.divide(yearOfEra, 4)), out.divide(yearOfEra, 100));
        Operand dayOfYear = out.subtract(dayOfEra, before);
        Operand fromMarch = out.divide(out.add(out.multiply(dayOfYear, 5), 2), 153);
        Operand day = out.add(out.subtract(dayOfYear, out.divide(out.add(out.multiply(fromMarch, 153), 2), 5)), 1);
        Variable year = out.copy(out.sum(yearOfEra, out.multiply(out.divide(days, 146_097), 400)));
        Variable month = out.copy(out.add(fromMarch, 2));
        out.branch(out.compare(ComparisonOp.GE, fromMarch, IrWriter.number(10)), () -> {
            out.move(month, out.add(fromMarch, -10));
            out.move(year, out.add(year, 1));
        }, () -> { });
        // The first day of the first era was a Wednesday.
        Operand weekday = out.modulo(out.add(days, 6), 7);
        PrintFormat.Part blank = new PrintFormat.Literal(" ");
        PrintFormat.Part colon = new PrintFormat.Literal(":");
        PrintFormat.Part two = IrWriter.conversion('d', Flag.ZERO, 2);
        PrintFormat.Part name = IrWriter.plain('s');
        out.format(to, List.of(name, blank, name, blank, IrWriter.conversion('d', 0, 2), blank, two, colon, two, colon, two, blank,
                IrWriter.plain('d')), List.of(name(TimeFunctions.WEEKDAYS, weekday, out), name(TimeFunctions.MONTHS, month, out), day,
                out.divide(second, 3600), out.modulo(out.divide(second, 60), 60), out.modulo(second, 60), year));
    }

    private static Operand name(String names, Operand index, IrWriter out) {
        return out.call(Intrinsic.ENTRY, IrWriter.text(names), index, IrWriter.number(NAME_OF_TIME));
    }

    private static void fail(String message, IrWriter out) {
        out.add(new Op.CallIntrinsic(java.util.Optional.empty(), Intrinsic.ERROR, List.of(IrWriter.text(message)), out.span()));
    }
}
