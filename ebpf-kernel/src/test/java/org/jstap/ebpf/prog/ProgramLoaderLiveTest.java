package org.jstap.ebpf.prog;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Code;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;
import org.jstap.ebpf.spec.ProgramSpec;
import org.jstap.ebpf.spec.ProgramType;
import org.jstap.ebpf.spec.ProgramFlags;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.SystemCallException;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.sys.bpf.EnableStatsAttr;
import org.jstap.ebpf.testing.LiveKernel;
import org.jstap.ebpf.testing.TestPrograms;

class ProgramLoaderLiveTest {

    private SystemCalls sys;
    private ProgramLoader loader;

    @BeforeEach
    void open() {
        sys = LiveKernel.require();
        loader = new ProgramLoader(sys);
    }

    @Test
    void runsAProgramWithoutItsEvent() throws Exception {
        Code sum = new Assembler()
                .load(Size.DOUBLE, Register.R0, Register.R1, 0)
                .load(Size.DOUBLE, Register.R2, Register.R1, 8)
                .alu(AluOp.ADD, Register.R0, Register.R2)
                .exit()
                .assemble();
        try (Program program = loader.load(TestPrograms.rawTracepoint("sum", sum), Map.of())) {
            assertThat(program.testRun(MemorySegment.ofArray(new long[] {40, 2}))).isEqualTo(42);
            assertThat(program.testRunOn(0, MemorySegment.ofArray(new long[] {-5, 2}))).isEqualTo(-3);
            ProgramStats stats = program.stats();
            assertThat(stats.id()).isPositive();
            assertThat(stats.tag()).matches("[0-9a-f]{16}");
            assertThatThrownBy(() -> program.testRun(MemorySegment.ofArray(new long[1])))
                    .isInstanceOf(SystemCallException.class)
                    .hasMessageStartingWith("running the program 'sum': EINVAL");
        }
    }

    @Test
    void runsASyscallProgramThatWritesToItsContext() throws Exception {
        Code doubler = new Assembler()
                .load(Size.DOUBLE, Register.R2, Register.R1, 0)
                .alu(AluOp.LSH, Register.R2, 1)
                .store(Size.DOUBLE, Register.R1, 8, Register.R2)
                .mov(Register.R0, 7)
                .exit()
                .assemble();
        ProgramSpec spec = new ProgramSpec("doubler", ProgramType.SYSCALL, java.util.Optional.empty(), 0,
                ProgramFlags.SLEEPABLE, "GPL", doubler);
        try (Program program = loader.load(spec, Map.of());
                Arena arena = Arena.ofConfined()) {
            MemorySegment context = MemorySegment.ofArray(new long[] {21, 0});
            assertThat(program.testRun(context)).isEqualTo(7);
            assertThat(context.get(JAVA_LONG, 8)).isEqualTo(42);
            MemorySegment offHeap = arena.allocate(16, 8);
            offHeap.set(JAVA_LONG, 0, 4);
            program.testRun(offHeap);
            assertThat(offHeap.get(JAVA_LONG, 8)).isEqualTo(8);
        }
    }

    @Test
    void countsRunsWhileMeasuring() throws Exception {
        try (Program program = loader.load(TestPrograms.rawTracepoint("tid", TestPrograms.threadId()), Map.of());
                Arena arena = Arena.ofConfined();
                Fd _ = Fd.opened(sys, "measuring run times", new EnableStatsAttr(arena).call(sys))) {
            long before = program.stats().runCount();
            for (int i = 0; i < 25; i++) {
                program.testRun(MemorySegment.ofArray(new long[12]));
            }
            assertThat(program.stats().runCount() - before).isEqualTo(25);
            assertThat(program.stats().runTimeNanos()).isPositive();
        }
    }

    @Test
    void showsWhyAProgramIsRefusedAndWhereItComesFrom() {
        Code bad = new Assembler()
                .source("bad.stp", 3, 1, "probe kernel.trace(\"x\") {")
                .mov(Register.R0, 0)
                .source("bad.stp", 4, 9, "  println($p->next)")
                .load(Size.DOUBLE, Register.R3, Register.R0, 0)
                .exit()
                .assemble();
        ProgramRejected rejected = catchThrowableOfType(
                ProgramRejected.class, () -> loader.load(TestPrograms.rawTracepoint("bad", bad), Map.of()));
        assertThat(rejected.program()).isEqualTo("bad");
        assertThat(rejected.errno()).isEqualTo(Errno.EACCES);
        assertThat(rejected.log().verdict()).contains("R0 invalid mem access");
        assertThat(rejected).hasMessageContaining("the kernel refuses the program 'bad': EACCES").hasMessageContaining("R0");
        VerifierLog.SourceLine line = rejected.log().sourceLine().orElseThrow();
        assertThat(line.text()).isEqualTo("println($p->next)");
        if (!line.file().isEmpty()) {
            assertThat(line.file()).isEqualTo("bad.stp");
            assertThat(line.line()).isEqualTo(4);
        }
        assertThat(rejected.log().truncated()).isFalse();
    }

    @Test
    void givesALongLogWhole() {
        Assembler a = new Assembler();
        a.mov(Register.R6, 0);
        a.load(Size.DOUBLE, Register.R7, Register.R1, 0);
        for (int i = 0; i < 3000; i++) {
            Label next = new Label("l" + i);
            a.jumpIf(JumpOp.EQ, Register.R7, i, next);
            a.alu(AluOp.ADD, Register.R6, 1);
            a.bind(next);
        }
        a.mov(Register.R0, Register.R9);
        a.exit();
        Code code = a.assemble();
        ProgramRejected rejected = catchThrowableOfType(
                ProgramRejected.class, () -> loader.load(TestPrograms.rawTracepoint("long", code), Map.of()));
        assertThat(rejected.log().raw().length()).isGreaterThan(64 * 1024);
        assertThat(rejected.log().truncated()).isFalse();
        assertThat(rejected.log().verdict()).contains("R9 !read_ok");
        assertThat(rejected.log().summary()).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void tellsWhichMapIsMissing() {
        assertThatThrownBy(() -> loader.load(TestPrograms.rawTracepoint("count", TestPrograms.count()), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the program 'count' names the map 'counts', which was not given");
    }

    @Test
    void tellsThatAModuleIsNotLoaded() {
        ProgramSpec spec = new ProgramSpec("m", ProgramType.TRACING,
                java.util.Optional.of(org.jstap.ebpf.spec.AttachType.TRACE_FENTRY), 1,
                java.util.Optional.of("no_such_module"), 0, "GPL", TestPrograms.threadId());
        assertThatThrownBy(() -> loader.load(spec, Map.of()))
                .isInstanceOf(ProgramRejected.class)
                .hasMessageContaining("no module 'no_such_module'");
    }
}
