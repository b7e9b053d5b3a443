package org.jstap.symbols;

/**
 * Where an address lies: in which symbol and how far into it.
 *
 * @param symbol the symbol that covers the address; of several at one address the kernel's own choice, the first
 * @param offset bytes from the symbol's start
 * @param size bytes up to the next symbol, 0 when no symbol follows
 */
public record SymbolLocation(KernelSymbol symbol, long offset, long size) {
    /** As the kernel prints it: {@code name+0x1f/0x80 [module]}; without the size when it is unknown. */
    public String describe() {
        String text = symbol.name() + "+0x" + Long.toHexString(offset);
        if (size != 0) {
            text = text + "/0x" + Long.toHexString(size);
        }
        return symbol.module().isEmpty() ? text : text + " [" + symbol.module() + "]";
    }
}
