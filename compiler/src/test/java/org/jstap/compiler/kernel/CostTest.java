package org.jstap.compiler.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.kernel.emit.ImagePrinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a handler is spared: locks that guard nothing, questions asked twice, what is known beforehand. */
class CostTest {
    private static final String PAIR = """
            global began, took
            probe kernel.trace("sys_enter") { began[tid()] = gettimeofday_ns() }
            probe kernel.trace("%s") { if (began[tid()]) { took <<< gettimeofday_ns() - began[tid()]; delete began[tid()] } }
            %s
            """;

    private static KernelPlan plan(String script) {
        return Kernels.plan(Kernels.lower(script));
    }

    private static int locks(String script) {
        return plan(script).control().lockCount();
    }

    private static List<Op> ops(String script) {
        List<Op> all = new ArrayList<>();
        for (IrHandler handler : plan(script).handlers()) {
            new OpRewriter() {
                @Override
                public Op rewrite(Op op) {
                    all.add(op);
                    return super.rewrite(op);
                }

                void all(IrHandler of) {
                    region(of.code().body());
                }
            }.all(handler);
        }
        return all;
    }

    private static long count(String script, Class<? extends Op> kind) {
        return ops(script).stream().filter(kind::isInstance).count();
    }

    @Test
    void elementsOfTheRunningThreadNeedNoLockAtSystemCalls() {
        assertThat(locks(PAIR.formatted("sys_exit", ""))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        // An interrupt may hit any other tracepoint while a handler runs on the same thread.
        "sched_switch| ",
        // Handlers on the JVM run on threads of their own.
        "sys_exit|probe timer.s(1) { began[1] = 0 }",
        // Another thread's element.
        "sys_exit|probe kernel.trace(\"sys_exit\") { began[$ret]++; if (began[$ret] > 3) began[$ret] = 1 }"})
    void otherElementsNeedOne(String how) {
        String[] parts = how.split("\\|");
        assertThat(locks(PAIR.formatted(parts[0], parts[1]))).isEqualTo(1);
    }

    @Test
    void whatStaysTheSameIsAskedOnce() {
        assertThat(count("global a probe kernel.trace(\"sys_enter\") { if (execname() == \"x\") a[execname(), pid(), pid()]++ }",
                Op.CallIntrinsic.class)).isEqualTo(2);
    }

    @Test
    void anElementIsReadOnceBetweenTwoChanges() {
        String body = "if (a[1] > 2) b[3] = a[1]; a[1] = 7; b[4] = a[1]; b[5] = a[1]";
        assertThat(count("global a, b probe kernel.trace(\"sched_switch\") { " + body + " } probe end { println(a[0], b[0]) }",
                Op.ReadGlobal.class)).isEqualTo(2);
    }

    @Test
    void aChangeInABranchCounts() {
        String body = "b[1] = a[1]; if (cpu() == 0) a[1] = 5; b[2] = a[1]";
        assertThat(count("global a, b probe kernel.trace(\"sched_switch\") { " + body + " } probe end { println(a[0], b[0]) }",
                Op.ReadGlobal.class)).isEqualTo(2);
    }

    @Test
    void aReadInABranchSaysNothingOfTheOtherWay() {
        String body = "if (cpu() == 0) b[1] = a[1]; b[2] = a[1] + 0";
        assertThat(count("global a, b probe kernel.trace(\"sched_switch\") { " + body + " } probe end { println(a[0], b[0]) }",
                Op.ReadGlobal.class)).isEqualTo(2);
    }

    @Test
    void whatIsConstantAfterInliningLeavesOneWay() {
        String script = """
                global a
                @define way(x) %( @x == 1 ? ntohs(0x1234) : ntohl(@x) %)
                probe kernel.trace("sched_switch") { a[@way(1 + 0 * 5)]++ }
                """;
        assertThat(count(script, Op.If.class)).isZero();
        assertThat(ops(script)).anySatisfy(op -> assertThat(op.toString()).contains("keys=[" + 0x3412 + "]"));
    }

    @Test
    void aPowerOfTwoDividesByShifting() {
        String listing = ImagePrinter.print(Kernels.assembled(
                "global a, b probe kernel.trace(\"sys_exit\") { a[$ret / 1024]++; b[$ret % 1024]++ }"));
        assertThat(listing).contains(">>= 10").contains("&= 1023").doesNotContain("/=").doesNotContain("%=");
    }

    @Test
    void aRingIsLargeOnlyWhereHandlersPrint() {
        assertThat(ImagePrinter.print(Kernels.assembled("global n probe kernel.trace(\"sys_exit\") { n++ }")))
                .contains("map output: ringbuf, key 0, value 0, 262144 entries");
        assertThat(ImagePrinter.print(Kernels.assembled("probe kernel.trace(\"sys_exit\") { println($ret) }")))
                .contains("map output: ringbuf, key 0, value 0, 16777216 entries");
    }
}
