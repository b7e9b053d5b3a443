package org.jstap.compiler.host.node;

import java.util.Optional;
import org.jstap.compiler.host.ScriptError;
import org.jstap.compiler.host.stat.StatValue;
import org.jstap.compiler.host.store.Cursor;
import org.jstap.compiler.host.store.KeyPattern;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.Stmt.Sort;
import org.jstap.language.source.Span;

/** Loops over arrays and histograms. */
final class Loops {
    private Loops() { }

    static final class Foreach extends Node {
        private final Global global;
        private final RegisterRef[] keys;
        private final Optional<RegisterRef> value;
        private final Optional<KeyRegisters> slices;
        private final Optional<Sort> sort;
        private final int limit;
        private final Node body;

        /** @param limit register, {@link Calls#NOWHERE} for none */
        Foreach(Global global, RegisterRef[] keys, Optional<RegisterRef> value, Optional<KeyRegisters> slices, Optional<Sort> sort,
                int limit, Node body) {
            this.global = global;
            this.keys = keys;
            this.value = value;
            this.slices = slices;
            this.sort = sort;
            this.limit = limit;
            this.body = body;
        }

        @Override
        int run(Frame frame, Execution execution) {
            long left = limit == Calls.NOWHERE ? Long.MAX_VALUE : frame.numbers[limit];
            Optional<KeyPattern> pattern = slices.isPresent()
                    ? Optional.of(slices.get().readOwnPattern(global, frame)) : Optional.empty();
            Cursor cursor = execution.globals.array(global.id()).cursor(sort, left);
            while (left > 0 && cursor.next()) {
                if (pattern.isPresent() && !pattern.get().matches(cursor)) {
                    continue;
                }
                left--;
                load(frame, cursor);
                int end = body.run(frame, execution);
                if (end == BREAK) {
                    return NEXT;
                }
                if (end != NEXT && end != CONTINUE) {
                    return end;
                }
            }
            return NEXT;
        }

        private void load(Frame frame, Cursor cursor) {
            for (int i = 0; i < keys.length; i++) {
                if (keys[i].isText()) {
                    frame.texts[keys[i].register()] = cursor.keyText(i);
                } else {
                    frame.numbers[keys[i].register()] = cursor.keyNumber(i);
                }
            }
            if (value.isPresent()) {
                RegisterRef to = value.get();
                if (to.isText()) {
                    frame.texts[to.register()] = cursor.text();
                } else {
                    frame.numbers[to.register()] = cursor.number();
                }
            }
        }
    }

    /** Over the buckets of a histogram, in order of their index or sorted by it or by their count. */
    static final class ForeachBucket extends Node {
        private final int global;
        private final KeyRegisters statKey;
        private final int key;
        private final int value;
        private final int limit;
        private final Node body;
        private final Span span;

        ForeachBucket(int global, KeyRegisters statKey, int key, int value, int limit, Node body, Span span) {
            this.global = global;
            this.statKey = statKey;
            this.key = key;
            this.value = value;
            this.limit = limit;
            this.body = body;
            this.span = span;
        }

        @Override
        int run(Frame frame, Execution execution) {
            long left = limit == Calls.NOWHERE ? Long.MAX_VALUE : frame.numbers[limit];
            StatValue statistic = Globals.statistic(execution, global, statKey, frame);
            if (statistic.isEmpty()) {
                throw ScriptError.at(span, Statistics.EMPTY);
            }
            long[] counts = new long[statistic.buckets().orElseThrow().count()];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = statistic.bucket(i);
            }
            for (int index = 0; index < counts.length; index++) {
                if (left-- <= 0) {
                    return NEXT;
                }
                frame.numbers[key] = index;
                if (value != Calls.NOWHERE) {
                    frame.numbers[value] = counts[index];
                }
                int end = body.run(frame, execution);
                if (end == BREAK) {
                    return NEXT;
                }
                if (end != NEXT && end != CONTINUE) {
                    return end;
                }
            }
            return NEXT;
        }
    }
}
