package org.jstap.compiler.host.node;

import java.util.List;
import org.jstap.compiler.host.Fault;
import org.jstap.compiler.host.ScriptError;
import org.jstap.compiler.host.text.Arguments;
import org.jstap.compiler.host.text.TextBuffer;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.Type;
import org.jstap.language.source.Span;

/** Output by a format, and strings made by one. */
final class Printing {
    private Printing() { }

    /** A format with where its arguments come from. */
    static final class Plan {
        private final PrintFormat format;
        private final List<Source> sources;
        private final Arguments arguments;

        Plan(PrintFormat format, List<Source> sources) {
            this.format = format;
            this.sources = sources;
            this.arguments = new Arguments(sources.size());
        }

        void write(Frame frame, Execution execution, TextBuffer out) {
            for (int i = 0; i < sources.size(); i++) {
                switch (sources.get(i)) {
                    case Register(RegisterRef from) -> {
                        if (from.isText()) {
                            arguments.set(i, frame.texts[from.register()]);
                        } else {
                            arguments.set(i, frame.numbers[from.register()]);
                        }
                    }
                    case Nested(Plan plan) -> arguments.set(i, plan.text(frame, execution));
                    case Deferred deferred -> deferred.load(i, frame, execution, arguments);
                }
            }
            execution.formatter.format(format, arguments, out);
        }

        /** The text as a string value: cut to the length of strings. */
        String text(Frame frame, Execution execution) {
            TextBuffer scratch = execution.scratch;
            int start = scratch.length();
            try {
                write(frame, execution, scratch);
                return scratch.textFrom(start, execution.limits.textBytes());
            } finally {
                scratch.truncate(start);
            }
        }
    }

    /** Where an argument comes from. */
    sealed interface Source { }

    record Register(RegisterRef register) implements Source { }

    record Nested(Plan plan) implements Source { }

    record Deferred(Intrinsic intrinsic, RegisterRef[] operands) implements Source {
        void load(int index, Frame frame, Execution execution, Arguments into) {
            Arguments values = new Arguments(operands.length);
            RegisterRef.load(operands, frame, values);
            execution.intrinsics.call(intrinsic, values);
            if (intrinsic.result() == Type.STRING) {
                into.set(index, execution.cut(values.text()));
            } else {
                into.set(index, values.number());
            }
        }
    }

    static final class Print extends Node {
        private final Plan plan;
        private final Span span;

        Print(Plan plan, Span span) {
            this.plan = plan;
            this.span = span;
        }

        @Override
        int run(Frame frame, Execution execution) {
            int start = execution.output.length();
            try {
                plan.write(frame, execution, execution.output);
            } catch (Fault fault) {
                execution.output.truncate(start);
                throw ScriptError.at(span, execution.cut(fault.text()));
            }
            execution.printed();
            return NEXT;
        }
    }

    static final class FormatText extends Node {
        private final int to;
        private final Plan plan;
        private final Span span;

        FormatText(int to, Plan plan, Span span) {
            this.to = to;
            this.plan = plan;
            this.span = span;
        }

        @Override
        int run(Frame frame, Execution execution) {
            try {
                frame.texts[to] = plan.text(frame, execution);
            } catch (Fault fault) {
                throw ScriptError.at(span, execution.cut(fault.text()));
            }
            return NEXT;
        }
    }
}
