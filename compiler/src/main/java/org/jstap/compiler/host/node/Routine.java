package org.jstap.compiler.host.node;

import java.util.List;
import org.jstap.compiler.host.text.Arguments;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Type;

/** A function or handler, translated. Its body comes later than itself, since functions call one another. */
public final class Routine {
    private long[] numbers = {};
    private String[] texts = {};
    private int[] parameters = {};
    private Node body = Block.EMPTY;

    /** Registers with their first values, the registers that take arguments (which kind, the caller knows), and the code. */
    void define(long[] firstNumbers, String[] firstTexts, int[] parameterRegisters, Node code) {
        numbers = firstNumbers;
        texts = firstTexts;
        parameters = parameterRegisters;
        body = code;
    }

    Frame frame() {
        return new Frame(numbers.clone(), texts.clone());
    }

    int parameter(int index) {
        return parameters[index];
    }

    int run(Frame frame, Execution execution) {
        return body.run(frame, execution);
    }

    /** Runs it as a handler. */
    public void runHandler(Execution execution) {
        body.run(frame(), execution);
    }

    /** Runs it as a block that a handler elsewhere has left to the host, with the values of its parameters. */
    public void runBlock(Execution execution, Arguments arguments, List<Variable> parameters) {
        Frame frame = frame();
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).type() == Type.STRING) {
                frame.texts[parameter(i)] = arguments.text(i);
            } else {
                frame.numbers[parameter(i)] = arguments.number(i);
            }
        }
        body.run(frame, execution);
    }

    /** Runs it as a condition; the result tells whether the handler is on. */
    public boolean runCondition(Execution execution) {
        Frame frame = frame();
        body.run(frame, execution);
        return frame.result != 0;
    }
}
