package org.jstap.compiler.host.node;

import java.util.Optional;
import org.jstap.compiler.host.Fault;
import org.jstap.compiler.host.ScriptError;
import org.jstap.compiler.host.text.Arguments;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.program.Type;
import org.jstap.language.source.Span;

/** Calls of functions and intrinsics. */
final class Calls {
    /** No register takes the result. */
    static final int NOWHERE = -1;

    private Calls() { }

    /** Calls a function of the script or the tapset. */
    static final class Call extends Node {
        private final int to;
        private final Type type;
        private final Routine routine;
        private final RegisterRef[] arguments;
        private final Span span;
        private final Optional<Span> place;

        Call(int to, Type type, Routine routine, RegisterRef[] arguments, Span span) {
            this.to = to;
            this.type = type;
            this.routine = routine;
            this.arguments = arguments;
            this.span = span;
            this.place = Optional.of(span);
        }

        @Override
        int run(Frame frame, Execution execution) {
            execution.called(place);
            Frame callee = routine.frame();
            for (int i = 0; i < arguments.length; i++) {
                RegisterRef argument = arguments[i];
                if (argument.isText()) {
                    callee.texts[routine.parameter(i)] = frame.texts[argument.register()];
                } else {
                    callee.numbers[routine.parameter(i)] = frame.numbers[argument.register()];
                }
            }
            execution.enter(span);
            int end;
            try {
                end = routine.run(callee, execution);
            } catch (ScriptError error) {
                error.leaves(span);
                throw error;
            } finally {
                execution.exit();
            }
            if (end == LEAVE) {
                return LEAVE;
            }
            if (to != NOWHERE) {
                if (type == Type.STRING) {
                    frame.texts[to] = callee.resultText;
                } else {
                    frame.numbers[to] = callee.result;
                }
            }
            return NEXT;
        }
    }

    /** Calls an intrinsic. */
    static final class CallIntrinsic extends Node {
        private final int to;
        private final Intrinsic intrinsic;
        private final RegisterRef[] registers;
        private final Arguments arguments;
        private final Span span;
        private final Optional<Span> place;

        CallIntrinsic(int to, Intrinsic intrinsic, RegisterRef[] registers, Span span) {
            this.to = to;
            this.intrinsic = intrinsic;
            this.registers = registers;
            this.arguments = new Arguments(registers.length);
            this.span = span;
            this.place = Optional.of(span);
        }

        @Override
        int run(Frame frame, Execution execution) {
            execution.called(place);
            RegisterRef.load(registers, frame, arguments);
            try {
                execution.intrinsics.call(intrinsic, arguments);
            } catch (Fault fault) {
                throw ScriptError.at(span, execution.cut(fault.text()));
            }
            if (to != NOWHERE) {
                if (intrinsic.result() == Type.STRING) {
                    frame.texts[to] = execution.cut(arguments.text());
                } else {
                    frame.numbers[to] = arguments.number();
                }
            }
            execution.printed();
            return NEXT;
        }
    }

    /** {@code abort()}: no {@code try} sees it. */
    static final class Abort extends Node {
        @Override
        int run(Frame frame, Execution execution) {
            execution.services.requestExit();
            return LEAVE;
        }
    }
}
