package org.jstap.compiler.probe;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jstap.ebpf.btf.Btf;

/** What analysis has to know of the kernel that a script will run on. Everything is found out when it is asked for. */
public interface KernelView {
    /** As {@code uname -r} says it. */
    String release();

    /** Types of the kernel image; absent where the kernel has none. */
    Optional<Btf> btf();

    /** Types of a loaded module, which stand on those of the kernel image; absent where it has none. */
    default Optional<Btf> moduleTypes(String module) {
        return Optional.empty();
    }

    /** Names of the loaded modules that have types, sorted. */
    default List<String> modulesWithTypes() {
        return List.of();
    }

    /**
     * Functions of the kernel image or of modules, in the order of files and addresses.
     *
     * @param module a module's name or pattern, empty for the kernel image
     * @param name   a name or pattern
     * @param file   pattern for the end of the path of the source file, empty for any file
     */
    List<FoundFunction> functions(String module, String name, String file);

    /** Names of the functions of the kernel image, to find near ones for an unknown name. */
    Iterable<String> functionNames();

    /** Address of something of the kernel that has a name, code or data; absent where there is no such name or addresses are hidden. */
    default OptionalLong symbolAddress(String name) {
        return OptionalLong.empty();
    }

    /** Names of the kernel's data, as far as the kernel lists them; to find near ones for an unknown name. */
    default Iterable<String> dataNames() {
        return List.of();
    }

    /** Whether other modules may call a function of the kernel. */
    boolean isExported(String function);

    /**
     * Names of the tracepoints that match a pattern, sorted.
     *
     * @param system pattern for the group of events that they belong to, empty for any
     */
    List<String> tracepoints(String system, String name);

    /** Timer interrupts a second ({@code CONFIG_HZ}). */
    int ticksPerSecond();
}
