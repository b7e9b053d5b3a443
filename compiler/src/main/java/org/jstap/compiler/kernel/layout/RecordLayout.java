package org.jstap.compiler.kernel.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Output;
import org.jstap.compiler.program.HistogramShape;
import org.jstap.language.source.Span;

/**
 * A record of the ring buffer. It starts with its number and the number of the probe site among the handler's (32 bits each); the
 * values follow, in the order in which the output's arguments name them.
 *
 * @param id     its number
 * @param handler handler that writes it
 * @param size   bytes with the header
 */
public record RecordLayout(int id, int handler, Payload payload, List<Field> fields, int size) {
    public static final int ID = 0;
    public static final int SITE = 4;
    public static final int HEADER = 8;

    public RecordLayout {
        fields = List.copyOf(fields);
    }

    /** What the host does with a record. */
    public sealed interface Payload { }

    /** Text for standard output. */
    public record Text(Output output) implements Payload { }

    /** A message of {@code warn()}. */
    public record Message(Output output) implements Payload { }

    /**
     * A run-time error.
     *
     * @param message its text; with {@code argument}, {@link #NUMBER} in it stands for a number in hexadecimal
     */
    public record Failure(String message, boolean argument, Span span) implements Payload {
        /** Place of the number in a text. */
        public static final String NUMBER = "{}";

        /** The text with its number. */
        public String text(long number) {
            return argument ? message.replace(NUMBER, "0x" + Long.toHexString(number)) : message;
        }
    }

    /** An error whose text the script gives. */
    public record ScriptError(Output output, Span span) implements Payload { }

    /** The counts of a histogram's buckets, which the host draws. */
    public record Histogram(HistogramShape shape) implements Payload { }

    /** {@code exit()}. */
    public record Exit() implements Payload { }

    /** Something left to the host: {@code block} with the recorded arguments as its parameters. */
    public record Block(Code block, List<Operand> arguments) implements Payload { }

    /** The operands that an output records, in order. */
    public static List<Operand> operands(Output output) {
        List<Operand> operands = new ArrayList<>();
        collect(output, operands);
        return operands;
    }

    private static void collect(Output output, List<Operand> operands) {
        for (Output.Argument argument : output.arguments()) {
            switch (argument) {
                case Output.Value value -> operands.add(value.operand());
                case Output.Nested nested -> collect(nested.output(), operands);
                case Output.Deferred deferred -> operands.addAll(deferred.operands());
            }
        }
    }

    /** The output of a payload that has one. */
    public static Optional<Output> output(Payload payload) {
        return switch (payload) {
            case Text text -> Optional.of(text.output());
            case Message message -> Optional.of(message.output());
            case ScriptError error -> Optional.of(error.output());
            case Failure _, Histogram _, Exit _, Block _ -> Optional.empty();
        };
    }

    /** The operands that a payload records, in order. */
    public static List<Operand> operands(Payload payload) {
        if (payload instanceof Block block) {
            return block.arguments();
        }
        Optional<Output> output = output(payload);
        return output.isPresent() ? operands(output.get()) : List.of();
    }
}
