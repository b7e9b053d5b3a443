package org.jstap.compiler.host.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Type;

/** Gives each variable and each constant of a routine its register. */
final class Registers {
    private final int[] byVariable;
    private final List<Long> numbers = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final Map<Long, Integer> numberConstants = new HashMap<>();
    private final Map<String, Integer> textConstants = new HashMap<>();
    private final int maxText;

    /** @param maxText bytes that a string may hold */
    Registers(Code code, int maxText) {
        this.maxText = maxText;
        byVariable = new int[code.variables().size()];
        for (Variable variable : code.variables()) {
            if (variable.type() == Type.STRING) {
                byVariable[variable.id()] = texts.size();
                texts.add("");
            } else {
                byVariable[variable.id()] = numbers.size();
                numbers.add(0L);
            }
        }
    }

    int of(Operand operand) {
        return switch (operand) {
            case Variable variable -> byVariable[variable.id()];
            case Operand.Number number -> constant(number.value());
            case Operand.Text text -> constant(value(text.value()));
        };
    }

    RegisterRef reference(Operand operand) {
        return new RegisterRef(operand.type() == Type.STRING, of(operand));
    }

    /** A text of the translation's own, which holds zeros and is as long as it has to be. */
    RegisterRef table(String bytes) {
        return new RegisterRef(true, constant(bytes));
    }

    long[] numbers() {
        long[] values = new long[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i);
        }
        return values;
    }

    String[] texts() {
        return texts.toArray(new String[0]);
    }

    private int constant(long value) {
        Integer known = numberConstants.get(value);
        if (known != null) {
            return known;
        }
        numbers.add(value);
        numberConstants.put(value, numbers.size() - 1);
        return numbers.size() - 1;
    }

    private int constant(String value) {
        Integer known = textConstants.get(value);
        if (known != null) {
            return known;
        }
        texts.add(value);
        textConstants.put(value, texts.size() - 1);
        return texts.size() - 1;
    }

    /** A literal as a string value: it ends at a zero byte, as in C, and at the length of strings. */
    private String value(String text) {
        int zero = text.indexOf('\0');
        int end = Math.min(zero < 0 ? text.length() : zero, maxText);
        return end == text.length() ? text : text.substring(0, end);
    }
}
