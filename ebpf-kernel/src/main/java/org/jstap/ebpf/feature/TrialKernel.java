package org.jstap.ebpf.feature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Code;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.btf.Btf;
import org.jstap.ebpf.btf.BtfKind;
import org.jstap.ebpf.link.AttachException;
import org.jstap.ebpf.link.Link;
import org.jstap.ebpf.link.LinkFactory;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.prog.ProgramLoader;
import org.jstap.ebpf.prog.ProgramRejected;
import org.jstap.ebpf.spec.AttachType;
import org.jstap.ebpf.spec.LinkSpec;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.spec.ProgramSpec;
import org.jstap.ebpf.spec.ProgramType;
import org.jstap.ebpf.sys.SystemCalls;

/// The kernel as trials use it: everything that is made is closed again.
public final class TrialKernel {

    private static final int FILE_BYTES = 4096;

    private final SystemCalls sys;

    TrialKernel(SystemCalls sys) {
        this.sys = sys;
    }

    /// The door.
    public SystemCalls sys() {
        return sys;
    }

    /// Code that does nothing.
    public static Code nothing() {
        return returning(0);
    }

    /// Code that gives a number back.
    static Code returning(int value) {
        return new Assembler().mov(Register.R0, value).exit().assemble();
    }

    /// Makes a map.
    void create(MapSpec spec) {
        KernelMap.create(sys, spec).close();
    }

    /// Loads a program.
    void load(ProgramType type, Optional<AttachType> attachType, Code code) throws ProgramRejected {
        new ProgramLoader(sys).load(spec(type, attachType, 0, code), Map.of()).close();
    }

    /// Loads a program that does nothing and attaches it.
    void attach(ProgramType type, Optional<AttachType> attachType, int btfId, LinkSpec link)
            throws ProgramRejected, AttachException {
        attach(spec(type, attachType, btfId, nothing()), link);
    }

    /// Loads a program and attaches it.
    void attach(ProgramType type, Optional<AttachType> attachType, Code code, LinkSpec link)
            throws ProgramRejected, AttachException {
        attach(spec(type, attachType, 0, code), link);
    }

    private void attach(ProgramSpec spec, LinkSpec link) throws ProgramRejected, AttachException {
        try (Program program = new ProgramLoader(sys).load(spec, Map.of());
                LinkFactory links = new LinkFactory(sys);
                Link _ = links.attach(program, link)) {
            program.fd();
        }
    }

    /// Loads a program that does nothing and attaches it to a file that nobody executes, so that no process gets a
    /// breakpoint.
    void attachToFile(Optional<AttachType> attachType, Function<String, LinkSpec> link)
            throws ProgramRejected, AttachException, TrialNotPossible {
        Path file;
        try {
            file = Files.createTempFile("uprobe", "");
            Files.write(file, new byte[FILE_BYTES]);
        } catch (IOException e) {
            throw new TrialNotPossible("no temporary file can be written: " + e.getMessage());
        }
        try {
            attach(ProgramType.KPROBE, attachType, 0, link.apply(file.toString()));
        } finally {
            delete(file);
        }
    }

    private static void delete(Path file) throws TrialNotPossible {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new TrialNotPossible("the temporary file " + file + " cannot be deleted: " + e.getMessage());
        }
    }

    private static ProgramSpec spec(ProgramType type, Optional<AttachType> attachType, int btfId, Code code) {
        return new ProgramSpec("feature_test", type, attachType, btfId, 0, "GPL", code);
    }

    /// Finds a type of the kernel.
    ///
    /// @throws TrialNotPossible if the kernel has no type information or not of that name
    int btfId(BtfKind kind, String name) throws TrialNotPossible {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(Path.of("/sys/kernel/btf/vmlinux"));
        } catch (IOException e) {
            throw new TrialNotPossible("the kernel has no type information (CONFIG_DEBUG_INFO_BTF)");
        }
        OptionalInt id = Btf.parse(bytes).find(kind, name);
        if (id.isEmpty()) {
            throw new TrialNotPossible("the kernel's type information does not have '" + name + "'");
        }
        return id.getAsInt();
    }
}
