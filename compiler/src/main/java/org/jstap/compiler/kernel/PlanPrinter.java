package org.jstap.compiler.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.IrPrinter;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.kernel.layout.Field;
import org.jstap.compiler.kernel.layout.GlobalHome;
import org.jstap.compiler.kernel.layout.KeyLayout;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.Type;

/** Listing of a translated script, as {@code -p 3} prints it: where globals live, and the handlers of each side. */
public final class PlanPrinter {
    private PlanPrinter() { }

    public static String print(IrProgram program, KernelPlan plan) {
        StringBuilder out = new StringBuilder();
        for (Global global : plan.globals()) {
            out.append("global ").append(global.name()).append(": ").append(home(plan.homes().get(global.id()))).append('\n');
        }
        List<IrHandler> host = new ArrayList<>();
        for (IrHandler handler : program.handlers()) {
            if (plan.hostHandlers().contains(handler.id())) {
                host.add(handler);
            }
        }
        if (!plan.handlers().isEmpty()) {
            out.append("\n# in the kernel\n");
            out.append(IrPrinter.print(new IrProgram(program.globals(), List.of(), plan.handlers(), program.regexes())));
        }
        if (!host.isEmpty()) {
            out.append("\n# on the JVM\n");
            out.append(IrPrinter.print(new IrProgram(program.globals(), program.functions(), host, program.regexes())));
        }
        return out.toString();
    }

    private static String home(GlobalHome home) {
        return switch (home) {
            case GlobalHome.Host _ -> "in the JVM";
            case GlobalHome.Cell cell -> "in the control block at " + cell.field().offset() + ", " + cell.field().size() + " bytes"
                    + (cell.lock().isPresent() ? ", lock " + cell.lock().getAsInt() : "");
            case GlobalHome.Table table -> "map of " + table.map().maxEntries() + ", key " + key(table.key()) + ", value "
                    + table.map().valueSize() + " bytes" + (table.lock().isPresent() ? ", lock " + table.lock().getAsInt() : "");
            case GlobalHome.Bank bank -> "bank that is swapped, " + (bank.key().fields().isEmpty() ? ""
                    : bank.bank().maxEntries() + " elements, key " + key(bank.key()) + ", ") + "value " + bank.bank().valueSize()
                    + " bytes for each CPU";
        };
    }

    private static String key(KeyLayout key) {
        StringBuilder text = new StringBuilder().append(key.size()).append(" bytes (");
        for (int i = 0; i < key.fields().size(); i++) {
            Field field = key.fields().get(i);
            text.append(i == 0 ? "" : ", ").append(field.type() == Type.STRING ? "string " + field.size() : "number");
        }
        return text.append(')').toString();
    }
}
