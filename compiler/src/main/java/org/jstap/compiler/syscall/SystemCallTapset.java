package org.jstap.compiler.syscall;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.syscall.SystemCall.Parameter;
import org.jstap.compiler.syscall.SystemCall.Variable;

/**
 * Source of the aliases {@code syscall.NAME}, {@code nd_syscall.NAME}, {@code tp_syscall.NAME} and their {@code .return}, made from
 * the table when a name is asked for. All lead to the probe point {@value #POINT}, which {@code probe.SystemCallKind} knows.
 */
public final class SystemCallTapset {
    /** First word of the probe point below the aliases; its argument holds the numbers of the calls. */
    public static final String POINT = "__syscall";
    private static final List<String> FAMILIES = List.of("syscall", "nd_syscall", "tp_syscall");
    private static final String RETURN = ".return";
    /** Variables of a part of a socket's address. */
    private static final String ADDRESS_PART = "uaddr_";
    private static final String MERGED = "syscall.several";
    private static final String ANY = "syscall_any";

    private final SystemCalls calls = SystemCalls.current();
    private final Registers registers = Registers.current();
    private final TextPrinter printer = TextPrinter.current();

    /** Whether a name of an alias may be one of these, told without reading the table. */
    public static boolean mayDefine(String alias) {
        return alias.startsWith("syscall.") || alias.startsWith("nd_syscall.") || alias.startsWith("tp_syscall.")
                || alias.equals(ANY) || alias.equals(ANY + RETURN);
    }

    /** The names of all aliases. */
    public Collection<String> aliases() {
        List<String> names = new ArrayList<>();
        for (String family : FAMILIES) {
            for (String alias : calls.aliases()) {
                names.add(family + "." + alias);
                names.add(family + "." + alias + RETURN);
            }
        }
        names.add(ANY);
        names.add(ANY + RETURN);
        return names;
    }

    /** The source that declares an alias, absent for names of none. */
    public Optional<String> source(String alias) {
        boolean isReturn = alias.endsWith(RETURN);
        String entry = isReturn ? alias.substring(0, alias.length() - RETURN.length()) : alias;
        StringBuilder out = new StringBuilder();
        if (entry.equals(ANY)) {
            any(out, alias, isReturn);
            return Optional.of(out.toString());
        }
        int dot = entry.indexOf('.');
        for (SystemCall call : calls.of(entry.substring(dot + 1))) {
            declare(out, alias, call, isReturn);
        }
        return out.isEmpty() ? Optional.empty() : Optional.of(out.toString());
    }

    /** One alias in the place of several, whose handler is told by the number which of them it runs for. */
    public String merged(String pattern, Collection<String> aliases, boolean isReturn) {
        StringBuilder numbers = new StringBuilder();
        for (String alias : aliases) {
            String entry = isReturn ? alias.substring(0, alias.length() - RETURN.length()) : alias;
            for (SystemCall call : calls.of(entry.substring(entry.indexOf('.') + 1))) {
                if (call.number().isPresent()) {
                    numbers.append(numbers.isEmpty() ? "" : ",").append(call.number().getAsInt());
                }
            }
        }
        StringBuilder out = new StringBuilder();
        String number = isReturn ? registers.number() : "$id";
        head(out, MERGED, numbers.toString(), pattern, isReturn);
        String first = aliases.iterator().next();
        out.append("\t__syscall_point(").append(number).append(", \"").append(first, 0, first.indexOf('.') + 1).append("\", \"")
                .append(isReturn ? RETURN : "").append("\")\n");
        out.append("\tname = __syscall_alias(").append(number).append(")\n");
        if (isReturn) {
            out.append("\tretval = $ret\n\tretstr = __syscall_result(").append(number).append(", $ret)\n");
        } else {
            argumentText(out, number);
        }
        out.append("}\n");
        return out.toString();
    }

    private void any(StringBuilder out, String alias, boolean isReturn) {
        out.append("probe ").append(alias).append(" = kernel.trace(\"").append(isReturn ? "sys_exit" : "sys_enter")
                .append("\")\n{\n");
        String number = isReturn ? registers.number() : "$id";
        out.append("\tsyscall_nr = ").append(number).append("\n\tname = syscall_name(").append(number).append(")\n");
        out.append(isReturn ? "\tretval = $ret\n}\n" : "}\n");
    }

    private static void head(StringBuilder out, String alias, String numbers, String text, boolean isReturn) {
        out.append("probe ").append(alias).append(" = ").append(POINT).append("(\"").append(numbers).append(' ')
                .append(text).append("\")").append(isReturn ? RETURN : "").append("\n{\n");
    }

    private void declare(StringBuilder out, String alias, SystemCall call, boolean isReturn) {
        boolean exists = call.number().isPresent();
        if (exists) {
            head(out, alias, Integer.toString(call.number().getAsInt()), alias, isReturn);
        } else {
            out.append("probe ").append(alias).append(" = never\n{\n");
        }
        out.append("\tname = \"").append(call.alias()).append("\"\n");
        boolean arguments = !isReturn || call.argumentsAtReturn();
        if (arguments) {
            for (Parameter parameter : call.parameters()) {
                for (Variable variable : parameter.variables()) {
                    variable(out, parameter, variable, exists, isReturn);
                }
            }
        }
        if (!isReturn) {
            argumentText(out, exists ? Integer.toString(call.number().getAsInt()) : "");
        } else if (call.argumentsAtReturn()) {
            argumentText(out, Integer.toString(call.number().orElse(0)));
        }
        if (isReturn) {
            out.append("\tretval = ").append(exists ? "$ret" : "0").append("\n\tretstr = ").append(exists
                    ? "__syscall_text(" + printer.numberOf("r." + call.result()) + ", $ret)" : "\"\"").append('\n');
        }
        out.append("}\n");
    }

    private void argumentText(StringBuilder out, String number) {
        if (number.isEmpty()) {
            out.append("\targstr = \"\"\n");
            return;
        }
        out.append("\targstr = __syscall_arguments(").append(number);
        for (int i = 0; i < SystemCalls.ARGUMENTS; i++) {
            out.append(", ").append(registers.argument(i));
        }
        out.append(")\n");
    }

    private void variable(StringBuilder out, Parameter parameter, Variable variable, boolean exists, boolean isReturn) {
        out.append('\t').append(variable.name()).append(" = ");
        if (!exists || parameter.index() < 0) {
            out.append(variable.text() ? "\"\"" : "0");
        } else {
            String argument = registers.argument(parameter.index());
            out.append(variable.text() ? text(parameter, variable, argument) : number(parameter.kind(), variable, argument, isReturn));
        }
        out.append('\n');
    }

    private static String number(String kind, Variable variable, String argument, boolean isReturn) {
        return switch (kind) {
            case "d", "at", "sig" -> "((" + argument + " << 32) >> 32)";
            case "u", "x", "f", "e" -> "(" + argument + " & 0xffffffff)";
            case "o", "omode" -> "(" + argument + " & 0xffff)";
            case "utimbuf" -> switch (variable.name()) {
                case "actime" -> "user_long(" + argument + ")";
                case "modtime" -> "user_long(" + argument + " + 8)";
                default -> argument;
            };
            case "pipefds" -> switch (variable.name()) {
                case "pipe0" -> isReturn ? "user_int(" + argument + ")" : "0";
                case "pipe1" -> isReturn ? "user_int(" + argument + " + 4)" : "0";
                default -> argument;
            };
            default -> argument;
        };
    }

    private String text(Parameter parameter, Variable variable, String argument) {
        boolean unquoted = variable.name().endsWith("_unquoted");
        return switch (parameter.kind()) {
            case "s" -> (unquoted ? "__syscall_string(" : "__syscall_quoted(") + argument + ")";
            case "argv" -> "__syscall_strings(" + printer.numberOf(parameter) + ", " + argument + ")";
            case "envp" -> "__syscall_pointers(" + printer.numberOf(parameter) + ", " + argument + ")";
            case "buf" -> memory(printer.numberOf(parameter), argument, registers.argument(parameter.size()));
            case "sockaddr" -> {
                String size = registers.argument(parameter.size());
                yield variable.name().startsWith(ADDRESS_PART)
                        ? "__sockaddr_" + variable.name().substring(ADDRESS_PART.length()) + "(" + argument + ", " + size + ")"
                        : memory(printer.numberOf(parameter), argument, size);
            }
            default -> {
                int size = Captures.size(parameter.kind());
                yield size > 0 ? memory(printer.numberOf(parameter), argument, Integer.toString(size))
                        : "__syscall_text(" + printer.numberOf(parameter) + ", " + argument + ")";
            }
        };
    }

    private static String memory(int number, String address, String size) {
        return "__syscall_memory(" + number + ", " + address + ", " + size + ")";
    }

    /**
     * How arguments are named where a system call is entered and left: both have them in the saved registers (asm/syscall.h of each
     * architecture).
     */
    private record Registers(List<String> arguments, String number) {
        static Registers current() {
            if (System.getProperty("os.arch").equals("aarch64")) {
                return new Registers(List.of("$regs->orig_x0", "$regs->regs[1]", "$regs->regs[2]", "$regs->regs[3]", "$regs->regs[4]",
                        "$regs->regs[5]"), "$regs->syscallno");
            }
            return new Registers(List.of("$regs->di", "$regs->si", "$regs->dx", "$regs->r10", "$regs->r8", "$regs->r9"),
                    "$regs->orig_ax");
        }

        String argument(int index) {
            return arguments.get(index);
        }
    }
}
