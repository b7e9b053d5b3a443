package org.jstap.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.compiler.kernel.RunIn;
import org.jstap.runtime.property.ProgramGenerator;
import org.jstap.runtime.property.RandomProgram;
import org.junit.jupiter.api.Test;

/**
 * Random programs mean the same on the JVM and as eBPF. The system property {@code jstap.programs} says how many are tried,
 * {@code jstap.programs.live} how many in the running kernel, {@code jstap.seed} where to begin.
 */
class RandomProgramsTest {
    /** At most one program in so many may be one that the kernel target refuses. */
    private static final int REFUSED = 10;
    /** What is said of a program that is right, but takes the kernel's verifier more steps or longer jumps than it knows. */
    private static final String TOO_LARGE = "The program is too large for the kernel's verifier";
    /** At most one program in so many may be one of those. */
    private static final int TOO_LARGE_AT_MOST = 100;

    /** In the interpreter, handlers that leave a part to the JVM cannot be tried: it does not show that part the globals in maps. */
    @Test
    void inTheInterpreter() throws InterruptedException {
        compare(programs(), translation -> hasPartOnTheJvm(translation) ? Optional.empty() : Optional.of(interpreted(translation)));
    }

    @Test
    void inTheRunningKernel() throws InterruptedException {
        Privilege.assume();
        int count = Integer.getInteger("jstap.programs.live", programs());
        AtomicInteger tooLarge = new AtomicInteger();
        compare(count, translation -> {
            Outcome outcome = SessionRun.run(translation);
            boolean compared = !outcome.messages().contains(TOO_LARGE);
            tooLarge.addAndGet(compared ? 0 : 1);
            return compared ? Optional.of(outcome) : Optional.empty();
        });
        assertThat(tooLarge).as("programs that are too large for the verifier").hasValueLessThanOrEqualTo(count / TOO_LARGE_AT_MOST);
    }

    private static Outcome interpreted(Translation translation) {
        Outcome outcome = new InterpretedHost(translation).run();
        return new Outcome(outcome.output(), outcome.messages().replace("(exit)\n", ""), outcome.status());
    }

    private static boolean hasPartOnTheJvm(Translation translation) {
        boolean[] found = new boolean[1];
        for (IrHandler handler : translation.target().orElseThrow().plan().handlers()) {
            new OpRewriter() {
                @Override
                public Op rewrite(Op op) {
                    found[0] |= op instanceof Op.HostBlock;
                    return super.rewrite(op);
                }

                void look() {
                    region(handler.code().body());
                }
            }.look();
        }
        return found[0];
    }

    private static int programs() {
        return Integer.getInteger("jstap.programs", 500);
    }

    /** Programs are independent of each other, and in the kernel they wait for most of their time. */
    private static void compare(int count, Function<Translation, Optional<Outcome>> kernel) throws InterruptedException {
        long first = Long.getLong("jstap.seed", 20_261_125L);
        AtomicLong next = new AtomicLong(first);
        AtomicInteger refused = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            workers.add(Thread.ofPlatform().start(() -> {
                try {
                    for (long seed = next.getAndIncrement(); seed < first + count && failure.get() == null; seed = next.getAndIncrement()) {
                        refused.addAndGet(compared(seed, kernel) ? 0 : 1);
                    }
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                }
            }));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get().getMessage(), failure.get());
        }
        assertThat(refused).as("programs that the kernel target refuses, of %d", count).hasValueLessThanOrEqualTo(count / REFUSED);
    }

    /** Whether the kernel target takes the program. */
    private static boolean compared(long seed, Function<Translation, Optional<Outcome>> kernel) {
        RandomProgram program = ProgramGenerator.program(seed);
        Optional<Translation> translation = translate(program);
        if (translation.isPresent() && difference(program, translation.get(), kernel).isPresent()) {
            RandomProgram small = program.shrunk(smaller -> difference(smaller, kernel).isPresent());
            throw new AssertionError("seed " + seed + ":\n" + small.text() + difference(small, kernel).orElse(""));
        }
        return translation.isPresent();
    }

    private static Optional<Translation> translate(RandomProgram program) {
        try {
            return Optional.of(Translation.of(program.text(), RunIn.KERNEL, Map.of()));
        } catch (KernelUnsupported e) {
            return Optional.empty();
        }
    }

    /** What differs, in words; empty if nothing does. */
    private static Optional<String> difference(RandomProgram program, Function<Translation, Optional<Outcome>> kernel) {
        return translate(program).flatMap(translation -> difference(program, translation, kernel));
    }

    private static Optional<String> difference(RandomProgram program, Translation translation,
                                               Function<Translation, Optional<Outcome>> kernel) {
        Outcome here = SessionRun.run(Translation.of(program.text(), RunIn.HOST, Map.of()));
        try {
            Optional<Outcome> there = kernel.apply(translation);
            return there.isEmpty() || here.equals(there.get()) ? Optional.empty()
                    : Optional.of("on the JVM:\n" + here + "\nas eBPF:\n" + there.get());
        } catch (RuntimeException e) {
            return Optional.of("on the JVM:\n" + here + "\nas eBPF: " + e);
        }
    }
}
