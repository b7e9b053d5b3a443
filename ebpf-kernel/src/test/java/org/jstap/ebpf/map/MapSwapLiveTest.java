package org.jstap.ebpf.map;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.AtomicOp;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Code;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.prog.ProgramLoader;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.testing.LiveKernel;
import org.jstap.ebpf.testing.TestPrograms;

/// Exchanges a map under programs that count in it, and adds up what was counted.
class MapSwapLiveTest {

    private static final int KEYS = 64;

    /// Counts the first context word's low bits in the hash that is in slot 0 of `outer`; returns 1, or 0 if it could not.
    private static Code countInSlot() {
        Label fail = new Label("fail");
        Label insert = new Label("insert");
        Assembler a = new Assembler();
        a.load(Size.DOUBLE, Register.R2, Register.R1, 0);
        a.alu(AluOp.AND, Register.R2, KEYS - 1);
        a.store(Size.DOUBLE, Register.R10, -8, Register.R2);
        a.storeImm(Size.WORD, Register.R10, -12, 0);
        a.loadMap(Register.R1, "outer");
        a.mov(Register.R2, Register.R10);
        a.alu(AluOp.ADD, Register.R2, -12);
        a.call(Helper.MAP_LOOKUP_ELEM);
        a.jumpIf(JumpOp.EQ, Register.R0, 0, fail);
        a.mov(Register.R6, Register.R0);
        a.mov(Register.R1, Register.R6);
        a.mov(Register.R2, Register.R10);
        a.alu(AluOp.ADD, Register.R2, -8);
        a.call(Helper.MAP_LOOKUP_ELEM);
        a.jumpIf(JumpOp.EQ, Register.R0, 0, insert);
        a.mov(Register.R1, 1);
        a.atomic(AtomicOp.ADD, Size.DOUBLE, Register.R0, 0, Register.R1);
        a.mov(Register.R0, 1);
        a.exit();
        a.bind(insert);
        a.storeImm(Size.DOUBLE, Register.R10, -24, 1);
        a.mov(Register.R1, Register.R6);
        a.mov(Register.R2, Register.R10);
        a.alu(AluOp.ADD, Register.R2, -8);
        a.mov(Register.R3, Register.R10);
        a.alu(AluOp.ADD, Register.R3, -24);
        a.mov(Register.R4, (int) KernelMap.NO_EXIST);
        a.call(Helper.MAP_UPDATE_ELEM);
        a.jumpIf(JumpOp.NE, Register.R0, 0, fail);
        a.mov(Register.R0, 1);
        a.exit();
        a.bind(fail);
        a.mov(Register.R0, 0);
        return a.exit().assemble();
    }

    @Test
    void losesNothingUnderAProducingThread() throws Exception {
        SystemCalls sys = LiveKernel.require();
        int events = 100_000;
        int swaps = 0;
        long[] sum = new long[1];
        ElementConsumer add = (key, value) -> sum[0] += value.get(JAVA_LONG_UNALIGNED, 0);
        try (MapInMap maps = MapInMap.create(sys, MapSpec.arrayOfMaps("outer", 1, MapSpec.hash("inner", 8, 8, KEYS)))) {
            maps.swap(0, maps.createInner());
            try (Program program = new ProgramLoader(sys)
                    .load(TestPrograms.rawTracepoint("count", countInSlot()), Map.of("outer", maps.outer()))) {
                long[] counted = new long[1];
                AtomicBoolean done = new AtomicBoolean();
                Thread producer = new Thread(() -> {
                    long[] context = new long[12];
                    for (int i = 0; i < events; i++) {
                        context[0] = i;
                        counted[0] += program.testRun(MemorySegment.ofArray(context));
                    }
                    done.set(true);
                });
                producer.start();
                while (!done.get() || swaps < 3) {
                    try (KernelMap old = maps.swap(0, maps.createInner()).orElseThrow()) {
                        old.forEach(add);
                        swaps++;
                    }
                }
                producer.join();
                maps.inner(0).orElseThrow().forEach(add);
                assertThat(counted[0]).isEqualTo(events);
                assertThat(sum[0]).isEqualTo(events);
                assertThat(swaps).isGreaterThanOrEqualTo(3);
            }
        }
    }
}
