package org.jstap.compiler.syscall;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.host.function.ErrnoNames;
import org.jstap.compiler.host.function.SignalNames;
import org.jstap.compiler.host.function.StringFunctions;
import org.jstap.compiler.syscall.EncodedText.Arguments;
import org.jstap.compiler.syscall.EncodedText.Memory;
import org.jstap.compiler.syscall.SystemCall.Parameter;

/**
 * Puts arguments and results into words. A printer is a kind of the table with its group, {@code f.open}; kernel handlers name it by
 * its number.
 */
public final class TextPrinter {
    private static final int MOST = 511;
    private static final int LARGEST_ERRNO = 4095;
    private static final int AT_FDCWD = -100;
    /** Printers that no argument of the table names: results. */
    private static final List<String> MORE = List.of("r.d", "r.x", "r.o");

    private final SystemCalls calls;
    private final ValueNames names;
    private final List<String> printers = new ArrayList<>(MORE);

    private TextPrinter(SystemCalls calls, ValueNames names) {
        this.calls = calls;
        this.names = names;
        for (String alias : calls.aliases()) {
            for (SystemCall call : calls.of(alias)) {
                for (Parameter parameter : call.parameters()) {
                    String printer = printer(parameter);
                    if (!printers.contains(printer)) {
                        printers.add(printer);
                    }
                }
            }
        }
    }

    /** The printer for the table of the architecture that this program runs on. */
    public static TextPrinter current() {
        return Holder.CURRENT;
    }

    private static final class Holder {
        static final TextPrinter CURRENT = new TextPrinter(SystemCalls.current(), new ValueNames(Resources.text("values.tbl")));
    }

    private static String printer(Parameter parameter) {
        return parameter.group().isEmpty() ? parameter.kind() : parameter.kind() + "." + parameter.group();
    }

    /** The number of the printer of a parameter. */
    int numberOf(Parameter parameter) {
        return printers.indexOf(printer(parameter));
    }

    /** The number of a printer by its name. */
    int numberOf(String printer) {
        return printers.indexOf(printer);
    }

    private String printer(int number) {
        return number < printers.size() ? printers.get(number) : "";
    }

    // ---- results

    /** The result of the call of that number. */
    String result(int number, long value) {
        Optional<SystemCall> call = calls.of(number);
        return result(call.isPresent() ? call.get().result() : 'd', value);
    }

    private static String result(char form, long value) {
        if (value < 0 && value >= -LARGEST_ERRNO) {
            String name = ErrnoNames.name(-value);
            return name.isEmpty() ? Long.toString(value) : value + " (" + name + ")";
        }
        return switch (form) {
            case 'x' -> ValueNames.hex(value);
            case 'o' -> octal(value);
            default -> Long.toString(value);
        };
    }

    private static String octal(long value) {
        return value == 0 ? "0" : "0" + Long.toOctalString(value);
    }

    // ---- single values and structures

    /** A value by the printer of that number. */
    String value(int number, long value) {
        String printer = printer(number);
        if (printer.startsWith("r.")) {
            return result(printer.charAt(2), value);
        }
        int dot = printer.indexOf('.');
        return number(dot < 0 ? printer : printer.substring(0, dot), dot < 0 ? "" : printer.substring(dot + 1), value);
    }

    private String number(String kind, String group, long value) {
        return switch (kind) {
            case "d" -> Integer.toString((int) value);
            case "u" -> Integer.toUnsignedString((int) value);
            case "l" -> Long.toString(value);
            case "U" -> Long.toUnsignedString(value);
            case "x" -> ValueNames.hex(value & 0xffffffffL);
            case "o", "omode" -> octal(value & 0xffff);
            case "at" -> (int) value == AT_FDCWD ? "AT_FDCWD" : Integer.toString((int) value);
            case "sig" -> signal((int) value);
            case "f", "e" -> names.text(group, value & 0xffffffffL);
            default -> ValueNames.hex(value);
        };
    }

    private static String signal(int number) {
        String name = SignalNames.name(number);
        return number == 0 ? "0x0" : name.isEmpty() ? ValueNames.hex(number & 0xffffffffL) : "SIG" + name;
    }

    /** Memory by the printer of that number. */
    String memory(int number, Memory memory) {
        return memory(printer(number), memory);
    }

    private static String memory(String printer, Memory memory) {
        if (memory.address() == 0 && !printer.equals("argv")) {
            return printer.equals("s") ? "0x0" : "NULL";
        }
        if (!memory.read()) {
            return ValueNames.hex(memory.address());
        }
        return switch (printer) {
            case "s" -> StringFunctions.quoted(memory.string(), MOST);
            case "buf" -> StringFunctions.quoted(Structures.counted(memory), MOST);
            case "sockaddr" -> SocketAddress.text(memory);
            case "argv" -> Structures.list(memory);
            case "envp" -> Structures.count(memory);
            default -> Structures.text(printer, memory);
        };
    }

    // ---- all arguments of a call

    String arguments(int number, Arguments arguments) {
        Optional<SystemCall> call = calls.of(number);
        if (call.isEmpty()) {
            return "";
        }
        List<Captures.Capture> captures = Captures.of(call.get());
        StringBuilder text = new StringBuilder();
        boolean creates = false;
        int piece = 0;
        for (Parameter parameter : call.get().parameters()) {
            long value = parameter.index() < 0 ? 0 : arguments.values()[parameter.index()];
            creates |= parameter.group().equals("open") && ValueNames.creates(value);
            boolean captured = piece < captures.size() && captures.get(piece).argument() == parameter.index();
            if (parameter.isPrinted() && (creates || !parameter.kind().startsWith("omode"))) {
                String one = captured ? memory(parameter.kind(), memory(parameter, arguments, piece))
                        : number(parameter.kind(), parameter.group(), value);
                text.append(text.isEmpty() ? "" : ", ").append(parameter.kind().equals("sigaction") ? "{" + one + "}" : one);
            }
            piece += captured ? 1 : 0;
        }
        return text.toString();
    }

    private static Memory memory(Parameter parameter, Arguments arguments, int piece) {
        byte[] bytes = arguments.pieces()[piece];
        long size = parameter.size() < 0 ? bytes.length : arguments.values()[parameter.size()];
        return new Memory(arguments.values()[parameter.index()], size, arguments.read()[piece], bytes);
    }
}
