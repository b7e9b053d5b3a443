package org.jstap.symbols;

/**
 * One line of kallsyms.
 *
 * @param address where it starts, 0 when the kernel hides addresses from this process
 * @param type the letter of {@code nm(1)}: {@code t}/{@code T} text, {@code d}/{@code D} data, {@code W} weak, …
 * @param name the linker's name
 * @param module the module it belongs to ({@code bpf} for programs), empty for the kernel proper
 */
public record KernelSymbol(long address, char type, String name, String module) {
    /** Whether it names code: {@code t}, {@code T}, or a weak symbol, which in a linked kernel are functions. */
    public boolean isText() {
        return isText(type);
    }

    /** Whether other object files see it. */
    public boolean isGlobal() {
        return type >= 'A' && type <= 'Z';
    }

    static boolean isText(char type) {
        return type == 't' || type == 'T' || type == 'W' || type == 'w';
    }
}
