package org.jstap.compiler.host.function;

import java.util.Optional;
import org.jstap.compiler.host.HostServices;
import org.jstap.compiler.host.HostServices.Symbol;

/** Stacks as text: one line for each address, {@code  0xffffffff81234567 : name+0x1/0x20 [module]}. */
final class StackText {
    /** Functions that stand on top of a stack because it is looked at. */
    private static final String[] OWN = {"bpf_prog_", "bpf_trace_run", "__bpf_trace_", "__traceiter_", "bpf_trampoline_"};

    private StackText() { }

    /** @param addresses with blanks between them, as backtrace() returns them */
    static String ofKernel(HostServices services, String addresses) {
        StringBuilder lines = new StringBuilder();
        for (String word : addresses.split(" ")) {
            Optional<Long> address = address(word);
            if (address.isEmpty() || lines.isEmpty() && isOwn(services.symbol(address.get()))) {
                continue;
            }
            line(lines, word, AddressFunctions.symbolData(services, address.get()));
        }
        return lines.toString();
    }

    static String ofProcess(HostServices services, long process, String addresses) {
        StringBuilder lines = new StringBuilder();
        for (String word : addresses.split(" ")) {
            Optional<Long> address = address(word);
            if (address.isPresent()) {
                line(lines, word, userData(services, process, address.get()));
            }
        }
        return lines.toString();
    }

    private static void line(StringBuilder lines, String word, String data) {
        lines.append(' ').append(word);
        if (!data.equals(word)) {
            lines.append(" : ").append(data);
        }
        lines.append('\n');
    }

    private static boolean isOwn(Optional<Symbol> symbol) {
        boolean own = false;
        for (String prefix : OWN) {
            own |= symbol.isPresent() && symbol.get().name().startsWith(prefix);
        }
        return own;
    }

    /** Empty for what is no address, as the end of a text that was cut. */
    private static Optional<Long> address(String word) {
        try {
            return word.startsWith("0x") ? Optional.of(Long.parseUnsignedLong(word.substring(2), 16)) : Optional.empty();
        } catch (NumberFormatException _) {
            // Cut behind the prefix.
            return Optional.empty();
        }
    }

    static String userName(HostServices services, long process, long address) {
        Optional<Symbol> symbol = services.userSymbol(process, address);
        return symbol.isPresent() ? symbol.get().name() : "0x" + Long.toHexString(address);
    }

    static String userData(HostServices services, long process, long address) {
        Optional<Symbol> found = services.userSymbol(process, address);
        if (found.isEmpty()) {
            return "0x" + Long.toHexString(address);
        }
        Symbol symbol = found.get();
        return symbol.name() + "+0x" + Long.toHexString(symbol.offset()) + "/0x" + Long.toHexString(symbol.size())
                + " [" + symbol.module() + "]";
    }
}
