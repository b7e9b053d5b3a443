package org.jstap.compiler.ir;

import java.util.List;
import java.util.Optional;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.program.Expr.ArithmeticOp;
import org.jstap.compiler.program.Expr.BitField;
import org.jstap.compiler.program.Expr.ComparisonOp;
import org.jstap.compiler.program.Expr.Space;
import org.jstap.compiler.program.Expr.UnaryOp;
import org.jstap.compiler.program.HistogramShape;
import org.jstap.compiler.program.StatKind;
import org.jstap.compiler.program.Stmt.Sort;
import org.jstap.language.source.Span;

/** One operation. Those that can fail at run time say so; the error carries {@link #span()} and goes to the innermost {@link Try}. */
public sealed interface Op {
    Span span();

    // ---- values

    record Move(Variable to, Operand from, Span span) implements Op { }

    record Unary(Variable to, UnaryOp op, Operand operand, Span span) implements Op { }

    /** DIV and MOD fail where {@code right} is 0 («division by 0»). */
    record Arithmetic(Variable to, ArithmeticOp op, Operand left, Operand right, Span span) implements Op { }

    /** 1 or 0; both operands are numbers, or both strings. */
    record Compare(Variable to, ComparisonOp op, Operand left, Operand right, Span span) implements Op { }

    /** Cut to MAXSTRINGLEN - 1 bytes. */
    record Concat(Variable to, Operand left, Operand right, Span span) implements Op { }

    /** {@code to} is 1 where {@code regex} (position in {@link IrProgram#regexes()}) is found in {@code text}; remembers groups. */
    record Match(Variable to, int regex, Operand text, Span span) implements Op { }

    /** The same, but with what groups have matched in variables, and with nothing remembered. They are "" where nothing is found. */
    record Capture(Variable to, int regex, Operand text, List<Group> groups, Span span) implements Op { }

    /** @param number 0 for the whole match */
    record Group(int number, Variable to) { }

    /** Result, where there is one, in {@code to}. */
    record CallIntrinsic(Optional<Variable> to, Intrinsic intrinsic, List<Operand> arguments, Span span) implements Op { }

    /** Fails where calls nest deeper than MAXNESTING. {@code function} is a position in {@link IrProgram#functions()}. */
    record Call(Optional<Variable> to, int function, List<Operand> arguments, Span span) implements Op { }

    // ---- globals; an IrGlobal is named by its position in IrProgram#globals()

    /** Scalars have no keys. A missing element reads as 0 or "". */
    record ReadGlobal(Variable to, int global, List<Operand> keys, Span span) implements Op { }

    /** Fails where the array is full and does not wrap. */
    record WriteGlobal(int global, List<Operand> keys, Operand value, Span span) implements Op { }

    /** Adds to a number whose new value nobody looks at: commutes with itself, needs no lock. Fails as WriteGlobal does. */
    record AddGlobal(int global, List<Operand> keys, Operand delta, Span span) implements Op { }

    /** {@code <<<}. Fails as WriteGlobal does. */
    record AddStat(int global, List<Operand> keys, Operand value, Span span) implements Op { }

    /** MIN, MAX, AVG, VARIANCE fail for an empty statistic («empty aggregate»). */
    record ReadStat(Variable to, StatKind kind, int global, List<Operand> keys, Span span) implements Op { }

    /** Fails where the index is out of range. */
    record ReadBucket(Variable to, int global, List<Operand> keys, HistogramShape histogram, Operand index, Span span) implements Op { }

    /** An absent key matches all. */
    record Contains(Variable to, int global, List<Optional<Operand>> keys, Span span) implements Op { }

    /** Removes matching elements; without keys empties an array or statistic, and sets a scalar to 0 or "". */
    record Delete(int global, List<Optional<Operand>> keys, Span span) implements Op { }

    /**
     * A step of a walk through an array in the kernel: finds the least element that matches {@code slices} and comes behind the last
     * one, by {@code sort} or else by its number, and gives its keys and value. {@link Cursor#found} is 0 where there is none.
     */
    record NextElement(int global, List<Variable> keys, Optional<Variable> value, List<Optional<Operand>> slices, Optional<Sort> sort,
                       Cursor cursor, Span span) implements Op { }

    /**
     * How far a walk has come; the operation reads and writes all of it.
     *
     * @param last  number of the last element, 0 at the start of a walk
     * @param found number of the element that was found
     * @param kept  how many elements match
     * @param order present where the walk is sorted
     */
    record Cursor(Variable last, Variable found, Variable kept, Optional<CursorOrder> order) { }

    /**
     * @param last  what the last element was sorted by
     * @param found what the one that was found is sorted by
     * @param place number that the next element gets, so that the array is left in the order of the walk
     */
    record CursorOrder(Variable last, Variable found, Variable place) { }

    // ---- the probed context

    /** Argument number {@code index} of the event, as its C type extends to 64 bits. See {@code Expr.Argument}. */
    record LoadArgument(Variable to, int index, int size, boolean signed, int pointee, Span span) implements Op { }

    /** Result of the probed function. */
    record LoadResult(Variable to, int size, boolean signed, int arguments, Span span) implements Op { }

    /**
     * Reads {@code size} bytes at {@code base + offset}. Fails where they cannot be read («read fault»).
     *
     * @param chained whether {@code base} comes, by loads and constant offsets alone, from a typed argument of the event, so that a
     *                program of a typed kind may load it directly
     */
    record LoadMemory(Variable to, Operand base, long offset, int size, boolean signed, Optional<BitField> bits, Space space,
                      boolean chained, Span span) implements Op { }

    /**
     * Reads {@code size} bytes of kernel memory as they are into a string variable, zeros among them, to be printed by {@code %m} or
     * {@code %M} and for nothing else. Fails as LoadMemory does.
     */
    record LoadBytes(Variable to, Operand address, int size, Span span) implements Op { }

    /** Writes memory (guru mode). */
    record StoreMemory(Operand base, long offset, int size, Optional<BitField> bits, Operand value, Space space, Span span)
            implements Op { }

    // ---- output

    record Print(Output output, Span span) implements Op { }

    record Format(Variable to, Output output, Span span) implements Op { }

    record PrintHistogram(int global, List<Operand> keys, HistogramShape histogram, Span span) implements Op { }

    // ---- control

    record If(Operand condition, Region then, Region otherwise, Span span) implements Op { }

    /** Runs {@code body} until {@link Break} or another exit leaves it. {@link Continue} ends a turn; so does the end of the region. */
    record Loop(Region body, Span span) implements Op { }

    /**
     * Runs {@code body} for each element that matches {@code slices}, in the order that {@code sort} says or else of insertion;
     * {@code limit} is computed once, 0 and less run nothing.
     */
    record Foreach(int global, List<Variable> keys, Optional<Variable> value, List<Optional<Operand>> slices, Optional<Sort> sort,
                   Optional<Operand> limit, Region body, Span span) implements Op { }

    /** Runs {@code body} for each bucket of a histogram, in the order of their numbers: SystemTap takes a sort there and ignores it. */
    record ForeachBucket(int global, List<Operand> statKeys, HistogramShape histogram, Variable key, Optional<Variable> value,
                         Optional<Operand> limit, Region body, Span span) implements Op { }

    record Break(Span span) implements Op { }

    record Continue(Span span) implements Op { }

    /** Runs {@code body}; {@link LeaveScope} of the same label goes on behind it. What is left of a function after inlining. */
    record Scope(int label, Region body, Span span) implements Op { }

    /** Goes on behind the enclosing {@link Scope} of that label. */
    record LeaveScope(int label, Span span) implements Op { }

    /** Leaves the function with a result, or the handler. */
    record Return(Optional<Operand> value, Span span) implements Op { }

    /** Leaves the handler, from within functions too. */
    record LeaveHandler(Span span) implements Op { }

    /** An error in {@code body} stores its text in {@code message} and goes on with {@code handler}. */
    record Try(Region body, Optional<Variable> message, Region handler, Span span) implements Op { }

    /** Counts {@code statements} towards MAXACTION; fails above it, and that cannot be caught. */
    record Count(int statements, Span span) implements Op { }

    /**
     * Has the host do what the kernel cannot: records the arguments; the host runs {@code block} with them as its parameters, in
     * order with the handler's other output. Gives nothing back.
     */
    record HostBlock(Code block, List<Operand> arguments, Span span) implements Op { }
}
