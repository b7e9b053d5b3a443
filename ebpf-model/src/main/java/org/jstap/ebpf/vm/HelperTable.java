package org.jstap.ebpf.vm;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jstap.ebpf.asm.Helper;

/** The helpers of a machine. Immutable. */
public final class HelperTable {
    private final Map<Helper, HelperFunction> functions;

    private HelperTable(Map<Helper, HelperFunction> functions) {
        this.functions = functions;
    }

    /** The helpers that the interpreter knows by itself. */
    public static HelperTable standard() {
        Map<Helper, HelperFunction> functions = new EnumMap<>(Helper.class);
        MapHelpers.addTo(functions);
        MemoryHelpers.addTo(functions);
        ContextHelpers.addTo(functions);
        return new HelperTable(functions);
    }

    /** The same with one helper added or replaced. */
    public HelperTable with(Helper helper, HelperFunction function) {
        Map<Helper, HelperFunction> copy = new EnumMap<>(functions);
        copy.put(helper, function);
        return new HelperTable(copy);
    }

    /** What a helper does; empty if the machine does not have it. */
    public Optional<HelperFunction> find(Helper helper) {
        return Optional.ofNullable(functions.get(helper));
    }
}
