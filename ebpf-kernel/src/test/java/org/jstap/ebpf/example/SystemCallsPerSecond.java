package org.jstap.ebpf.example;

import java.util.Map;
import java.util.Optional;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.AtomicOp;
import org.jstap.ebpf.asm.Code;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;
import org.jstap.ebpf.link.Link;
import org.jstap.ebpf.link.LinkFactory;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.map.MappedArray;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.prog.ProgramLoader;
import org.jstap.ebpf.spec.LinkSpec;
import org.jstap.ebpf.spec.MapFlags;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.spec.ProgramSpec;
import org.jstap.ebpf.spec.ProgramType;
import org.jstap.ebpf.sys.LinuxSystemCalls;
import org.jstap.ebpf.sys.SystemCalls;

/// Prints the machine's system calls per second. Run it as root with `--enable-native-access=ALL-UNNAMED`.
public final class SystemCallsPerSecond {

    private SystemCallsPerSecond() {}

    /// @param args how many seconds, 5 if not given
    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        SystemCalls sys = new LinuxSystemCalls();
        Code code = new Assembler()
                .loadMapValue(Register.R1, "calls", 0)
                .mov(Register.R2, 1)
                .atomic(AtomicOp.ADD, Size.DOUBLE, Register.R1, 0, Register.R2)
                .mov(Register.R0, 0)
                .exit()
                .assemble();
        ProgramSpec spec =
                new ProgramSpec("count", ProgramType.RAW_TRACEPOINT, Optional.empty(), 0, 0, "GPL", code);
        try (KernelMap map = KernelMap.create(sys, MapSpec.array("calls", 8, 1).withFlags(MapFlags.MMAPABLE));
                MappedArray calls = MappedArray.of(sys, map);
                Program program = new ProgramLoader(sys).load(spec, Map.of("calls", map));
                LinkFactory links = new LinkFactory(sys);
                Link link = links.attach(program, new LinkSpec.RawTracepoint("sys_enter", 0))) {
            System.out.println("attached to " + link.describe());
            for (int i = 0; i < seconds; i++) {
                Thread.sleep(1000);
                System.out.println(calls.getAndSet(0, 0, 0) + " system calls");
            }
        }
    }
}
