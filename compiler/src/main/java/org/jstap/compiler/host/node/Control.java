package org.jstap.compiler.host.node;

import org.jstap.compiler.host.ScriptError;
import org.jstap.language.source.Span;

/** Branches, loops, exits, try. */
final class Control {
    private Control() { }

    static final class If extends Node {
        private final int condition;
        private final Node then;
        private final Node otherwise;

        If(int condition, Node then, Node otherwise) {
            this.condition = condition;
            this.then = then;
            this.otherwise = otherwise;
        }

        @Override
        int run(Frame frame, Execution execution) {
            return (frame.numbers[condition] != 0 ? then : otherwise).run(frame, execution);
        }
    }

    static final class Loop extends Node {
        private final Node body;

        Loop(Node body) {
            this.body = body;
        }

        @Override
        int run(Frame frame, Execution execution) {
            while (true) {
                int end = body.run(frame, execution);
                if (end == BREAK) {
                    return NEXT;
                }
                if (end != NEXT && end != CONTINUE) {
                    return end;
                }
            }
        }
    }

    /** {@code break}, {@code continue}, and the exit from the handler. */
    static final class Leave extends Node {
        private final int end;

        Leave(int end) {
            this.end = end;
        }

        @Override
        int run(Frame frame, Execution execution) {
            return end;
        }
    }

    /** Runs a body that {@code LeaveScope} of the same label leaves. */
    static final class Scope extends Node {
        private final int label;
        private final Node body;

        Scope(int label, Node body) {
            this.label = label;
            this.body = body;
        }

        @Override
        int run(Frame frame, Execution execution) {
            int end = body.run(frame, execution);
            return end == FIRST_LABEL + label ? NEXT : end;
        }
    }

    static final class ReturnNumber extends Node {
        private final int value;

        ReturnNumber(int value) {
            this.value = value;
        }

        @Override
        int run(Frame frame, Execution execution) {
            frame.result = frame.numbers[value];
            return RETURN;
        }
    }

    static final class ReturnText extends Node {
        private final int value;

        ReturnText(int value) {
            this.value = value;
        }

        @Override
        int run(Frame frame, Execution execution) {
            frame.resultText = frame.texts[value];
            return RETURN;
        }
    }

    static final class Try extends Node {
        private final Node body;
        private final int message;
        private final Node handler;

        /** @param message register for the text, {@link Calls#NOWHERE} for none */
        Try(Node body, int message, Node handler) {
            this.body = body;
            this.message = message;
            this.handler = handler;
        }

        @Override
        int run(Frame frame, Execution execution) {
            try {
                return body.run(frame, execution);
            } catch (ScriptError error) {
                if (!error.catchable()) {
                    throw error;
                }
                if (message != Calls.NOWHERE) {
                    frame.texts[message] = execution.cut(error.text());
                }
            }
            return handler.run(frame, execution);
        }
    }

    static final class Count extends Node {
        private final int statements;
        private final Span span;

        Count(int statements, Span span) {
            this.statements = statements;
            this.span = span;
        }

        @Override
        int run(Frame frame, Execution execution) {
            execution.count(statements, span);
            return NEXT;
        }
    }
}
