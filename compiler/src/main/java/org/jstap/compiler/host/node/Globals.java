package org.jstap.compiler.host.node;

import org.jstap.compiler.host.ScriptError;
import org.jstap.compiler.host.stat.StatValue;
import org.jstap.compiler.host.store.ArrayStore;
import org.jstap.compiler.host.store.GlobalStore;
import org.jstap.compiler.host.store.StatStore;
import org.jstap.language.source.Span;

/** Access to scalars and arrays. The stores are looked up when a node runs, so that one translation serves every session. */
final class Globals {
    private Globals() { }

    static final class ReadNumber extends Node {
        private final int to;
        private final int global;

        ReadNumber(int to, int global) {
            this.to = to;
            this.global = global;
        }

        @Override
        int run(Frame frame, Execution execution) {
            frame.numbers[to] = execution.globals.number(global).get();
            return NEXT;
        }
    }

    static final class ReadText extends Node {
        private final int to;
        private final int global;

        ReadText(int to, int global) {
            this.to = to;
            this.global = global;
        }

        @Override
        int run(Frame frame, Execution execution) {
            frame.texts[to] = execution.globals.text(global).get();
            return NEXT;
        }
    }

    static final class ReadElement extends Node {
        private final RegisterRef to;
        private final int global;
        private final KeyRegisters key;

        ReadElement(RegisterRef to, int global, KeyRegisters key) {
            this.to = to;
            this.global = global;
            this.key = key;
        }

        @Override
        int run(Frame frame, Execution execution) {
            ArrayStore array = execution.globals.array(global);
            if (to.isText()) {
                frame.texts[to.register()] = array.text(key.read(frame));
            } else {
                frame.numbers[to.register()] = array.number(key.read(frame));
            }
            return NEXT;
        }
    }

    static final class WriteScalar extends Node {
        private final int global;
        private final RegisterRef value;

        WriteScalar(int global, RegisterRef value) {
            this.global = global;
            this.value = value;
        }

        @Override
        int run(Frame frame, Execution execution) {
            if (value.isText()) {
                execution.globals.text(global).set(frame.texts[value.register()]);
            } else {
                execution.globals.number(global).set(frame.numbers[value.register()]);
            }
            return NEXT;
        }
    }

    static final class WriteElement extends Node {
        private final int global;
        private final KeyRegisters key;
        private final RegisterRef value;
        private final Span span;

        WriteElement(int global, KeyRegisters key, RegisterRef value, Span span) {
            this.global = global;
            this.key = key;
            this.value = value;
            this.span = span;
        }

        @Override
        int run(Frame frame, Execution execution) {
            ArrayStore array = execution.globals.array(global);
            boolean done = value.isText() ? array.setText(key.read(frame), frame.texts[value.register()])
                    : array.setNumber(key.read(frame), frame.numbers[value.register()]);
            return checked(done, array, span);
        }
    }

    static final class AddScalar extends Node {
        private final int global;
        private final int delta;

        AddScalar(int global, int delta) {
            this.global = global;
            this.delta = delta;
        }

        @Override
        int run(Frame frame, Execution execution) {
            execution.globals.number(global).add(frame.numbers[delta]);
            return NEXT;
        }
    }

    static final class AddElement extends Node {
        private final int global;
        private final KeyRegisters key;
        private final int delta;
        private final Span span;

        AddElement(int global, KeyRegisters key, int delta, Span span) {
            this.global = global;
            this.key = key;
            this.delta = delta;
            this.span = span;
        }

        @Override
        int run(Frame frame, Execution execution) {
            ArrayStore array = execution.globals.array(global);
            return checked(array.addNumber(key.read(frame), frame.numbers[delta]), array, span);
        }
    }

    static final class Contains extends Node {
        private final int to;
        private final int global;
        private final KeyRegisters key;

        Contains(int to, int global, KeyRegisters key) {
            this.to = to;
            this.global = global;
            this.key = key;
        }

        @Override
        int run(Frame frame, Execution execution) {
            ArrayStore array = execution.globals.array(global);
            boolean found = key.isSlice() ? array.containsMatch(key.readPattern(frame)) : array.contains(key.read(frame));
            frame.numbers[to] = found ? 1 : 0;
            return NEXT;
        }
    }

    static final class DeleteElement extends Node {
        private final int global;
        private final KeyRegisters key;

        DeleteElement(int global, KeyRegisters key) {
            this.global = global;
            this.key = key;
        }

        @Override
        int run(Frame frame, Execution execution) {
            ArrayStore array = execution.globals.array(global);
            if (key.isSlice()) {
                array.deleteMatch(key.readPattern(frame));
            } else {
                array.delete(key.read(frame));
            }
            return NEXT;
        }
    }

    static final class Clear extends Node {
        private final int global;

        Clear(int global) {
            this.global = global;
        }

        @Override
        int run(Frame frame, Execution execution) {
            execution.globals.get(global).clear();
            return NEXT;
        }
    }

    static int checked(boolean done, ArrayStore array, Span span) {
        if (!done) {
            throw ScriptError.at(span, array.overflowText());
        }
        return Node.NEXT;
    }

    /** The statistic itself or the element of an array of them. */
    static StatValue statistic(Execution execution, int global, KeyRegisters key, Frame frame) {
        GlobalStore store = execution.globals.get(global);
        return switch (store) {
            case StatStore scalar -> scalar.get();
            case ArrayStore array -> array.statistic(key.read(frame));
            default -> throw new IllegalStateException("no statistic: " + store);
        };
    }
}
