package org.jstap.ebpf.spec;

import java.util.Objects;
import java.util.Optional;
import org.jstap.ebpf.asm.Code;

/**
 * A program to be loaded.
 *
 * @param name               any length; unique among the programs of a script
 * @param type               its kind
 * @param expectedAttachType how it will be attached, where the kernel wants to know it at load
 * @param attachBtfId        the BTF identifier of the function or of the {@code btf_trace_} typedef it attaches to, for
 *                           {@link ProgramType#TRACING}; 0 for none
 * @param attachBtfModule    the kernel module whose BTF the identifier is from; empty for the kernel itself
 * @param flags              of {@link ProgramFlags}
 * @param license            {@code GPL} lets the program call the helpers that are for such programs only
 * @param code               the instructions
 */
public record ProgramSpec(String name, ProgramType type, Optional<AttachType> expectedAttachType, int attachBtfId,
        Optional<String> attachBtfModule, int flags, String license, Code code) {

    public ProgramSpec {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        Objects.requireNonNull(expectedAttachType);
        Objects.requireNonNull(attachBtfModule);
        Objects.requireNonNull(license);
        Objects.requireNonNull(code);
    }

    /** A program that attaches to nothing in a module. */
    public ProgramSpec(String name, ProgramType type, Optional<AttachType> expectedAttachType, int attachBtfId, int flags,
            String license, Code code) {
        this(name, type, expectedAttachType, attachBtfId, Optional.empty(), flags, license, code);
    }

    /** The name as the kernel takes it: at most 15 letters, digits, {@code _} and {@code .}. */
    public String kernelName() {
        return KernelNames.shorten(name);
    }
}
