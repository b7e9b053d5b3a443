package org.jstap.compiler.ir;

/** How often each variable of a code is written and read. */
public final class Uses {
    private final int[] definitions;
    private final int[] reads;

    private Uses(int variables) {
        definitions = new int[variables];
        reads = new int[variables];
    }

    public static Uses of(Code code) {
        Uses uses = new Uses(code.variables().size());
        for (Variable parameter : code.parameters()) {
            uses.definitions[parameter.id()]++;
        }
        new OpRewriter() {
            @Override
            protected Operand use(Operand operand) {
                if (operand instanceof Variable variable) {
                    uses.reads[variable.id()]++;
                }
                return operand;
            }

            @Override
            protected Variable define(Variable variable) {
                uses.definitions[variable.id()]++;
                return variable;
            }
        }.region(code.body());
        return uses;
    }

    public int definitions(Variable variable) {
        return definitions[variable.id()];
    }

    public int reads(Variable variable) {
        return reads[variable.id()];
    }
}
