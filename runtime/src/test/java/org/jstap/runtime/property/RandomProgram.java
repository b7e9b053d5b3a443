package org.jstap.runtime.property;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A script of statements in handlers that run one after the other.
 *
 * @param head     declarations
 * @param handlers statements of each handler
 * @param tail     statements that show what the handlers left behind
 */
public record RandomProgram(String head, List<List<String>> handlers, String tail) {
    public RandomProgram {
        handlers = handlers.stream().map(List::copyOf).toList();
    }

    public String text() {
        String locals = ProgramGenerator.LOCALS + (tokenizes() ? ProgramGenerator.NO_TOKENS : "");
        StringBuilder text = new StringBuilder(head);
        for (int i = 0; i < handlers.size(); i++) {
            text.append("probe begin(").append(i).append(") {\n").append(locals);
            for (String statement : handlers.get(i)) {
                text.append("  ").append(statement).append('\n');
            }
            text.append(ProgramGenerator.SHOW).append("}\n");
        }
        return text.append("probe begin(1000) { ").append(tail).append("exit() }\n").toString();
    }

    private boolean tokenizes() {
        for (List<String> statements : handlers) {
            for (String statement : statements) {
                if (statement.contains("tokenize(")) {
                    return true;
                }
            }
        }
        return head.contains("tokenize(");
    }

    /** The smallest program found, by leaving out statements, for which something still holds. */
    public RandomProgram shrunk(Predicate<RandomProgram> holds) {
        RandomProgram smallest = this;
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (int handler = 0; handler < smallest.handlers.size() && !smaller; handler++) {
                for (int i = smallest.handlers.get(handler).size() - 1; i >= 0 && !smaller; i--) {
                    RandomProgram candidate = smallest.without(handler, i);
                    if (holds.test(candidate)) {
                        smallest = candidate;
                        smaller = true;
                    }
                }
            }
        }
        return smallest;
    }

    private RandomProgram without(int handler, int statement) {
        List<List<String>> fewer = new ArrayList<>(handlers);
        List<String> statements = new ArrayList<>(fewer.get(handler));
        statements.remove(statement);
        fewer.set(handler, statements);
        return new RandomProgram(head, fewer, tail);
    }
}
