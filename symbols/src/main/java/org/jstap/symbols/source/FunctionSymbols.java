package org.jstap.symbols.source;

import org.jstap.symbols.Kallsyms;
import org.jstap.symbols.KernelSymbol;

/** Which symbols of a kernel are entries of functions, and what the functions are called in the source. */
final class FunctionSymbols {
    private FunctionSymbols() {}

    /**
     * Whether a function starts here. Not so at the padding before functions ({@code __pfx_}, {@code __cfi_}), at the
     * unlikely half of a function ({@code .cold}) and at static calls' trampolines.
     */
    static boolean isEntry(Kallsyms kallsyms, int index) {
        char type = kallsyms.type(index);
        if (type != 't' && type != 'T' && type != 'W' && type != 'w') {
            return false;
        }
        if (kallsyms.nameStartsWith(index, "__pfx_") || kallsyms.nameStartsWith(index, "__cfi_")
                || kallsyms.nameStartsWith(index, "__SCT__") || kallsyms.nameStartsWith(index, "__SCK__")) {
            return false;
        }
        return !isCold(kallsyms.name(index));
    }

    static boolean isCold(String symbol) {
        return symbol.endsWith(".cold") || symbol.contains(".cold.");
    }

    /** The name before the compiler's suffixes. */
    static String sourceName(String symbol) {
        int dot = symbol.indexOf('.', 1);
        return dot < 0 ? symbol : symbol.substring(0, dot);
    }

    static ResolvedFunction resolved(
            KernelSymbol symbol, String name, String file, int line, ResolvedFunction.Source source) {
        return new ResolvedFunction(name, symbol.name(), symbol.address(), symbol.module(), file, line, source);
    }
}
