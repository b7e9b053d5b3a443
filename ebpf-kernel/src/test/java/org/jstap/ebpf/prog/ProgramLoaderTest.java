package org.jstap.ebpf.prog;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jstap.ebpf.spec.ProgramSpec;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.SystemCallNumber;
import org.jstap.ebpf.sys.testing.ScriptedSystemCalls;
import org.jstap.ebpf.testing.TestPrograms;

/// What the loader does with the kernel's answers, without a kernel.
class ProgramLoaderTest {

    private static final int BTF_LOAD = 18;
    private static final int PROG_LOAD = 5;
    private static final int LOG_LEVEL = 24;
    private static final int LOG_SIZE = 28;
    private static final int LOG_BUF = 32;
    private static final int BTF_FD = 72;
    private static final int LOG_TRUE_SIZE = 140;

    private static final ProgramSpec SPEC = TestPrograms.rawTracepoint("p", TestPrograms.threadId());

    private final ScriptedSystemCalls sys = new ScriptedSystemCalls()
            .always(SystemCallNumber.RT_SIGPROCMASK, 0)
            .always(SystemCallNumber.CLOSE, 0);
    private final List<Integer> logSizes = new ArrayList<>();
    private final List<Integer> btfFds = new ArrayList<>();

    private void btfAnswer(long answer) {
        sys.then(SystemCallNumber.BPF, arguments -> {
            assertThat(arguments[0]).isEqualTo(BTF_LOAD);
            return answer;
        });
    }

    private void loadAnswer(long answer, int trueSize, String log) {
        sys.then(SystemCallNumber.BPF, arguments -> {
            assertThat(arguments[0]).isEqualTo(PROG_LOAD);
            MemorySegment attr = MemorySegment.ofAddress(arguments[1]).reinterpret(arguments[2]);
            int size = attr.get(JAVA_INT, LOG_SIZE);
            logSizes.add(attr.get(JAVA_INT, LOG_LEVEL) == 0 ? 0 : size);
            btfFds.add(attr.get(JAVA_INT, BTF_FD));
            attr.set(JAVA_INT, LOG_TRUE_SIZE, trueSize);
            if (size > 0) {
                MemorySegment.ofAddress(attr.get(JAVA_LONG, LOG_BUF)).reinterpret(size).setString(0, log);
            }
            return answer;
        });
    }

    private Program load() throws ProgramRejected {
        return new ProgramLoader(sys).load(SPEC, Map.of());
    }

    @Test
    void loadsAtTheFirstTryWithDebugInformationAndWithoutALog() throws ProgramRejected {
        btfAnswer(8);
        loadAnswer(9, 0, "");
        try (Program program = load()) {
            assertThat(program.fd()).isEqualTo(9);
        }
        assertThat(logSizes).containsExactly(0);
        assertThat(btfFds).containsExactly(8);
        assertThat(sys.isExhausted()).isTrue();
        // The debug information is closed as soon as the program holds it.
        assertThat(sys.calls().stream().filter(c -> c.call() == SystemCallNumber.CLOSE).map(c -> c.arguments().getFirst()))
                .containsExactly(8L, 9L);
    }

    @Test
    void letsTheLogGrowToWhatTheKernelSaysItNeeds() {
        btfAnswer(-Errno.EINVAL);
        loadAnswer(-Errno.EACCES, 0, "");
        loadAnswer(-Errno.ENOSPC, 300_000, "beginning");
        loadAnswer(-Errno.EACCES, 300_000, "R9 !read_ok\nprocessed 7 insns\n");
        ProgramRejected rejected = catchThrowableOfType(ProgramRejected.class, this::load);
        assertThat(rejected).hasMessage("the kernel refuses the program 'p': EACCES (permission denied): R9 !read_ok");
        assertThat(logSizes).containsExactly(0, 64 * 1024, 300_000);
        assertThat(rejected.log().truncated()).isFalse();
    }

    @Test
    void doublesTheLogWhereTheKernelDoesNotSay() {
        btfAnswer(-Errno.EINVAL);
        loadAnswer(-Errno.EACCES, 0, "");
        loadAnswer(-Errno.ENOSPC, 0, "");
        loadAnswer(-Errno.ENOSPC, 0, "");
        loadAnswer(-Errno.EACCES, 0, "no");
        assertThat(catchThrowableOfType(ProgramRejected.class, this::load).log().verdict()).isEqualTo("no");
        assertThat(logSizes).containsExactly(0, 64 * 1024, 128 * 1024, 256 * 1024);
    }

    @Test
    void doesWithoutDebugInformationThatTheKernelRefuses() throws ProgramRejected {
        btfAnswer(8);
        loadAnswer(-Errno.EINVAL, 0, "");
        loadAnswer(9, 0, "");
        load().close();
        assertThat(btfFds).containsExactly(8, 0);
    }

    @Test
    void startsAgainWhenTheVerifierWasInterrupted() throws ProgramRejected {
        btfAnswer(-Errno.EINVAL);
        loadAnswer(-Errno.EAGAIN, 0, "");
        loadAnswer(-Errno.EAGAIN, 0, "");
        loadAnswer(9, 0, "");
        load().close();
        assertThat(sys.isExhausted()).isTrue();
    }

    @Test
    void liftsTheLimitOnLockedMemoryOnceWhereTheKernelCharges() throws ProgramRejected {
        btfAnswer(-Errno.EPERM);
        loadAnswer(-Errno.EPERM, 0, "");
        sys.then(SystemCallNumber.PRLIMIT64, 0);
        loadAnswer(9, 0, "");
        load().close();
        assertThat(sys.isExhausted()).isTrue();
    }

    @Test
    void explainsARefusalWithoutALog() {
        btfAnswer(-Errno.EPERM);
        loadAnswer(-Errno.EPERM, 0, "");
        sys.then(SystemCallNumber.PRLIMIT64, -Errno.EPERM);
        loadAnswer(-Errno.EPERM, 0, "");
        assertThat(catchThrowableOfType(ProgramRejected.class, this::load))
                .hasMessageContaining("EPERM (operation not permitted): loading needs CAP_BPF and CAP_PERFMON or root");
    }
}
