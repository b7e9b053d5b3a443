package org.jstap.compiler.host.node;

import org.jstap.compiler.host.ScriptError;
import org.jstap.compiler.host.stat.StatValue;
import org.jstap.compiler.host.store.ArrayStore;
import org.jstap.compiler.host.text.HistogramPrinter;
import org.jstap.compiler.program.StatKind;
import org.jstap.language.source.Span;

/** Statistics and histograms. */
final class Statistics {
    static final String EMPTY = "empty aggregate";
    static final String OUT_OF_RANGE = "histogram index out of range";

    private Statistics() { }

    static final class AddScalar extends Node {
        private final int global;
        private final int value;

        AddScalar(int global, int value) {
            this.global = global;
            this.value = value;
        }

        @Override
        int run(Frame frame, Execution execution) {
            execution.globals.statistic(global).add(frame.numbers[value]);
            return NEXT;
        }
    }

    static final class AddElement extends Node {
        private final int global;
        private final KeyRegisters key;
        private final int value;
        private final Span span;

        AddElement(int global, KeyRegisters key, int value, Span span) {
            this.global = global;
            this.key = key;
            this.value = value;
            this.span = span;
        }

        @Override
        int run(Frame frame, Execution execution) {
            ArrayStore array = execution.globals.array(global);
            return Globals.checked(array.addStatistic(key.read(frame), frame.numbers[value]), array, span);
        }
    }

    static final class Extract extends Node {
        private final int to;
        private final StatKind kind;
        private final int global;
        private final KeyRegisters key;
        private final Span span;

        Extract(int to, StatKind kind, int global, KeyRegisters key, Span span) {
            this.to = to;
            this.kind = kind;
            this.global = global;
            this.key = key;
            this.span = span;
        }

        @Override
        int run(Frame frame, Execution execution) {
            StatValue value = Globals.statistic(execution, global, key, frame);
            if (value.isEmpty() && kind != StatKind.COUNT && kind != StatKind.SUM) {
                throw ScriptError.at(span, EMPTY);
            }
            frame.numbers[to] = switch (kind) {
                case COUNT -> value.count();
                case SUM -> value.sum();
                case MIN -> value.min();
                case MAX -> value.max();
                case AVG -> value.average();
                case VARIANCE -> value.variance();
            };
            return NEXT;
        }
    }

    static final class Bucket extends Node {
        private final int to;
        private final int global;
        private final KeyRegisters key;
        private final int index;
        private final Span span;

        Bucket(int to, int global, KeyRegisters key, int index, Span span) {
            this.to = to;
            this.global = global;
            this.key = key;
            this.index = index;
            this.span = span;
        }

        @Override
        int run(Frame frame, Execution execution) {
            StatValue value = Globals.statistic(execution, global, key, frame);
            if (value.isEmpty()) {
                throw ScriptError.at(span, EMPTY);
            }
            long bucket = frame.numbers[index];
            if (bucket < 0 || bucket >= value.buckets().orElseThrow().count()) {
                throw ScriptError.at(span, OUT_OF_RANGE);
            }
            frame.numbers[to] = value.bucket((int) bucket);
            return NEXT;
        }
    }

    static final class PrintHistogram extends Node {
        private final int global;
        private final KeyRegisters key;
        private final Span span;

        PrintHistogram(int global, KeyRegisters key, Span span) {
            this.global = global;
            this.key = key;
            this.span = span;
        }

        @Override
        int run(Frame frame, Execution execution) {
            StatValue value = Globals.statistic(execution, global, key, frame);
            if (value.isEmpty()) {
                throw ScriptError.at(span, EMPTY);
            }
            HistogramPrinter.print(value, execution.limits.histogramElision(), execution.output);
            execution.printed();
            return NEXT;
        }
    }
}
