package org.jstap.compiler.kernel.transform;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Output;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Expr.ArithmeticOp;
import org.jstap.compiler.program.Expr.ComparisonOp;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.PrintFormat.Conversion;
import org.jstap.compiler.program.PrintFormat.Flag;
import org.jstap.compiler.program.Type;

/**
 * Formats in the words of {@code bpf_snprintf}, which has flags other than {@code #} and a width, and the letters d, i, u, x, X, s
 * and c. Other conversions become strings that are made before.
 */
final class KernelFormats {
    /** Far from where the kernel warns of a field that is too wide. */
    private static final int WIDEST = 4096;
    /** Steps that move groups of three bits, 16 of them, to places of four: what stays, what moves, and how far. */
    private static final long[][] SPREAD = {
        {0xff_ffffL, 0xffff_ff00_0000L, 8},
        {0x0000_0fff_0000_0fffL, 0x00ff_f000_00ff_f000L, 4},
        {0x003f_003f_003f_003fL, 0x0fc0_0fc0_0fc0_0fc0L, 2},
        {0x0707_0707_0707_0707L, 0x3838_3838_3838_3838L, 1}};
    private static final int SPREAD_BITS = 48;

    /** Texts to choose from: the code for each of them has to be within a jump's reach, and the verifier follows all. */
    private static final int MOST_TEXTS = 200;

    private final IrWriter out;
    private final int longest;
    private final List<PrintFormat.Part> parts = new ArrayList<>();
    private final List<Operand> operands = new ArrayList<>();

    private KernelFormats(IrWriter out, int longest) {
        this.out = out;
        this.longest = longest;
    }

    /** What keeps the kernel from making a string by a format, in words. */
    static Optional<String> obstacle(Op.Format op) {
        for (Output.Argument argument : op.output().arguments()) {
            if (!(argument instanceof Output.Value)) {
                return Optional.of("making this string");
            }
        }
        for (PrintFormat.Part part : op.output().format().parts()) {
            if (part instanceof Conversion c && !isNative(c)) {
                return Optional.of("a string made by the conversion '%" + c.letter() + "' with these flags");
            }
            if (part instanceof PrintFormat.Choice) {
                return Optional.of("a string that differs from function to function");
            }
            if (part instanceof PrintFormat.Literal literal && !printable(literal.text())) {
                return Optional.of("a string made by a format with control characters");
            }
        }
        return Optional.empty();
    }

    /**
     * Writes operations that make the string of a format.
     *
     * @param longest bytes that a string may have
     * @param all     whether conversions that the kernel does not have may be made of others, which costs copies
     * @return whether that is possible; else nothing is written
     */
    static boolean write(Op.Format op, IrWriter out, int longest, boolean all) {
        KernelFormats formats = new KernelFormats(out, longest);
        int next = 0;
        for (PrintFormat.Part part : op.output().format().parts()) {
            if (part instanceof Conversion c && !possible(plainer(c), all)
                    || part instanceof PrintFormat.Choice choice && new HashSet<>(choice.texts()).size() > MOST_TEXTS) {
                return false;
            }
        }
        for (PrintFormat.Part part : op.output().format().parts()) {
            switch (part) {
                case PrintFormat.Literal literal when printable(literal.text()) -> formats.parts.add(literal);
                case PrintFormat.Literal literal -> formats.text(IrWriter.text(literal.text()));
                case Conversion c -> {
                    List<Operand> arguments = new ArrayList<>();
                    for (int i = 0; i < c.arguments(); i++) {
                        arguments.add(((Output.Value) op.output().arguments().get(next++)).operand());
                    }
                    formats.convert(plainer(c), arguments);
                }
                case PrintFormat.Choice choice -> {
                    List<Operand> arguments = new ArrayList<>();
                    for (int i = 0; i < choice.arguments(); i++) {
                        arguments.add(((Output.Value) op.output().arguments().get(next++)).operand());
                    }
                    Variable text = out.fresh(Type.STRING);
                    formats.choose(choice, arguments, 0, choice.texts().size(), text);
                    formats.text(text);
                }
            }
        }
        formats.finish(op.to());
        return true;
    }

    private static boolean possible(Conversion c, boolean all) {
        return isNative(c) || isPrefixed(c) || all && "diuxXosc".indexOf(c.letter()) >= 0
                && (c.letter() != 's' || (c.flags() & Flag.ZERO) == 0) && (c.letter() != 'c' || (c.flags() & Flag.ALTERNATE) == 0);
    }

    /** Without flags that mean nothing to the letter, and in the words of hexadecimal numbers where it is an address. */
    private static Conversion plainer(Conversion c) {
        boolean signed = c.letter() == 'd' || c.letter() == 'i';
        int flags = c.letter() == 'p' ? c.flags() | Flag.ALTERNATE : c.flags();
        flags &= signed ? ~Flag.ALTERNATE : c.letter() == 'u' || c.letter() == 's' || c.letter() == 'c'
                ? ~(Flag.ALTERNATE | Flag.PLUS | Flag.SPACE) : ~(Flag.PLUS | Flag.SPACE);
        flags &= (flags & Flag.LEFT) != 0 || c.letter() == 'c' ? ~Flag.ZERO : ~0;
        return new Conversion(c.letter() == 'p' ? 'x' : c.letter(), flags, c.width(), c.starWidth(), c.precision(), c.starPrecision());
    }

    /** A hexadecimal number with its prefix and nothing else. */
    private static boolean isPrefixed(Conversion c) {
        return (c.letter() == 'x' || c.letter() == 'X') && (c.flags() & Flag.ALTERNATE) != 0 && c.width().orElse(0) == 0
                && c.precision().isEmpty() && !c.starWidth() && !c.starPrecision();
    }

    static boolean isNative(Conversion c) {
        boolean fixed = !c.starWidth() && !c.starPrecision() && c.precision().isEmpty() && c.width().orElse(0) <= WIDEST;
        return fixed && "diuxXsc".indexOf(c.letter()) >= 0 && (c.flags() & Flag.ALTERNATE) == 0
                && (c.letter() != 's' || (c.flags() & Flag.ZERO) == 0);
    }

    /** The kernel's own printing refuses other bytes in a format. */
    private static boolean printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' || c > '~') && c != '\n' && c != '\t') {
                return false;
            }
        }
        return true;
    }

    private void convert(Conversion c, List<Operand> arguments) {
        if (isNative(c)) {
            parts.add(c);
            operands.add(arguments.getFirst());
        } else if (isPrefixed(c)) {
            parts.add(new PrintFormat.Literal("0" + c.letter()));
            parts.add(IrWriter.plain(c.letter()));
            operands.add(arguments.getFirst());
        } else {
            text(converted(c, arguments));
        }
    }

    /** Makes one of the texts from {@code low} up to before {@code high}, found by halves. */
    private void choose(PrintFormat.Choice choice, List<Operand> arguments, int low, int high, Variable to) {
        if (allAlike(choice.texts().subList(low, high))) {
            KernelFormats one = new KernelFormats(out, longest);
            int value = 0;
            for (PrintFormat.Part part : choice.parts(low)) {
                if (part instanceof Conversion c) {
                    one.convert(c, List.of(narrow(arguments.get(1 + value), choice.texts().get(low).get(value))));
                    value++;
                } else {
                    one.parts.add(part);
                }
            }
            one.finish(to);
            return;
        }
        int middle = (low + high) / 2;
        out.branch(out.compare(ComparisonOp.LT, arguments.getFirst(), IrWriter.number(middle)),
                () -> choose(choice, arguments, low, middle, to), () -> choose(choice, arguments, middle, high, to));
    }

    private static boolean allAlike(List<List<PrintFormat.Named>> texts) {
        for (List<PrintFormat.Named> text : texts) {
            if (!text.equals(texts.getFirst())) {
                return false;
            }
        }
        return true;
    }

    private Operand narrow(Operand bits, PrintFormat.Named named) {
        if (named.size() == Long.BYTES) {
            return bits;
        }
        if (!named.signed()) {
            return out.arithmetic(ArithmeticOp.AND, bits, IrWriter.number(named.of(-1)));
        }
        Operand shift = IrWriter.number(Long.SIZE - Byte.SIZE * named.size());
        return out.arithmetic(ArithmeticOp.SHR, out.arithmetic(ArithmeticOp.SHL, bits, shift), shift);
    }

    private void text(Operand text) {
        parts.add(IrWriter.plain('s'));
        operands.add(text);
    }

    private void finish(Variable to) {
        if (parts.size() == 1 && parts.getFirst().equals(IrWriter.plain('s'))) {
            out.move(to, operands.getFirst());
        } else {
            out.format(to, parts, operands);
        }
    }

    // ---- conversions that the kernel does not have

    /** A width or precision, with the most that it can be. */
    private record Measure(Operand size, int most) {
        boolean isZero() {
            return size.equals(IrWriter.ZERO);
        }
    }

    private Operand converted(Conversion c, List<Operand> arguments) {
        int next = 0;
        Measure width = c.starWidth() ? starred(arguments.get(next++)) : fixed(c.width().orElse(0));
        Optional<Measure> precision = c.starPrecision() ? Optional.of(starred(arguments.get(next++)))
                : c.precision().isPresent() ? Optional.of(fixed(c.precision().getAsInt())) : Optional.empty();
        Operand value = arguments.get(next);
        boolean left = (c.flags() & Flag.LEFT) != 0;
        return switch (c.letter()) {
            case 's' -> padded(precision.isPresent() ? cut(value, precision.get().size()) : value, width, left);
            case 'c' -> padded(out.format('c', value), width, left);
            case 'd', 'i' -> signed(c.flags(), value, width, precision);
            default -> number(c.flags(), prefix(c), c.letter() == 'o' ? octal(value) : out.format(c.letter(), value), width, precision);
        };
    }

    private Measure fixed(int size) {
        return new Measure(IrWriter.number(size), Math.min(size, longest));
    }

    /** What an argument says, as a number of 32 bits: a negative one means nothing. */
    private Measure starred(Operand argument) {
        if (argument instanceof Operand.Number number) {
            int size = (int) Math.max(0, number.value());
            return new Measure(IrWriter.number(size), Math.clamp(size, 0, longest));
        }
        Operand positive = out.larger(argument, IrWriter.ZERO);
        Operand high = out.arithmetic(ArithmeticOp.SHL, positive, IrWriter.number(32));
        return new Measure(out.arithmetic(ArithmeticOp.SHR, high, IrWriter.number(32)), longest);
    }

    private Operand cut(Operand text, Operand length) {
        if (length instanceof Operand.Number number) {
            return number.value() < 0 ? text : out.call(Intrinsic.SUBSTR, text, IrWriter.ZERO, number);
        }
        Variable result = out.fresh(Type.STRING);
        out.branch(out.compare(ComparisonOp.LT, length, IrWriter.ZERO), () -> out.move(result, text),
                () -> out.move(result, out.call(Intrinsic.SUBSTR, text, IrWriter.ZERO, length)));
        return result;
    }

    private Operand padded(Operand text, Measure width, boolean left) {
        if (width.isZero()) {
            return text;
        }
        Operand padding = fill(' ', out.subtract(width.size(), out.length(text)), width.most());
        return left ? out.concat(text, padding) : out.concat(padding, text);
    }

    private Operand signed(int flags, Operand value, Measure width, Optional<Measure> precision) {
        Variable magnitude = out.copy(value);
        Variable sign = out.copy(IrWriter.text((flags & Flag.PLUS) != 0 ? "+" : (flags & Flag.SPACE) != 0 ? " " : ""));
        out.branch(out.compare(ComparisonOp.LT, value, IrWriter.ZERO), () -> {
            out.move(magnitude, out.subtract(IrWriter.ZERO, value));
            out.move(sign, IrWriter.text("-"));
        }, () -> { });
        return number(flags, sign, out.format('u', magnitude), width, precision);
    }

    private static Operand prefix(Conversion c) {
        return (c.flags() & Flag.ALTERNATE) == 0 ? IrWriter.EMPTY : IrWriter.text(c.letter() == 'o' ? "0" : "0" + c.letter());
    }

    private Operand number(int flags, Operand prefix, Operand digits, Measure width, Optional<Measure> precision) {
        Operand text = digits;
        if (precision.isPresent() && !precision.get().isZero()) {
            Operand missing = out.subtract(precision.get().size(), out.length(digits));
            text = out.concat(fill('0', missing, precision.get().most()), digits);
        }
        if ((flags & Flag.ZERO) == 0) {
            return padded(out.concat(prefix, text), width, (flags & Flag.LEFT) != 0);
        }
        if (width.isZero()) {
            return out.concat(prefix, text);
        }
        Operand missing = out.subtract(out.subtract(width.size(), out.length(prefix)), out.length(text));
        return out.concat(prefix, out.concat(fill('0', missing, width.most()), text));
    }

    private Operand fill(char with, Operand count, int most) {
        if (count instanceof Operand.Number number) {
            return IrWriter.text(String.valueOf(with).repeat((int) Math.clamp(number.value(), 0, longest)));
        }
        return most <= 0 ? IrWriter.EMPTY
                : out.call(Intrinsic.SUBSTR, IrWriter.text(String.valueOf(with).repeat(most)), IrWriter.ZERO, count);
    }

    /** Octal digits are hexadecimal ones of a number whose bits stand in groups of three. */
    private Operand octal(Operand value) {
        Operand low = spread(value, 0);
        Operand high = out.arithmetic(ArithmeticOp.AND, out.arithmetic(ArithmeticOp.SHR, value, IrWriter.number(SPREAD_BITS)),
                IrWriter.number(0xffff));
        Operand highDigits = spread(high, 1);
        Variable text = out.fresh(Type.STRING);
        Conversion rest = IrWriter.conversion('x', Flag.ZERO, 16);
        out.branch(out.compare(ComparisonOp.EQ, high, IrWriter.ZERO),
                () -> out.format(text, List.of(IrWriter.plain('x')), List.of(low)),
                () -> out.format(text, List.of(IrWriter.plain('x'), rest), List.of(highDigits, low)));
        return text;
    }

    private Operand spread(Operand bits, int firstStep) {
        Operand now = bits;
        for (int step = firstStep; step < SPREAD.length; step++) {
            Operand stays = out.arithmetic(ArithmeticOp.AND, now, IrWriter.number(SPREAD[step][0]));
            Operand moves = out.arithmetic(ArithmeticOp.AND, now, IrWriter.number(SPREAD[step][1]));
            now = out.arithmetic(ArithmeticOp.OR, stays, out.arithmetic(ArithmeticOp.SHL, moves, IrWriter.number(SPREAD[step][2])));
        }
        return now;
    }
}
