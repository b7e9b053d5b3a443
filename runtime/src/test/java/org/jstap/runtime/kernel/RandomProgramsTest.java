package org.jstap.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
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
    /** What the kernel says of a program that is right, but takes its verifier more than 1,000,000 steps. */
    private static final String TOO_LARGE = "BPF program is too large";
    /** At most one program in so many may be one of those. */
    private static final int TOO_LARGE_AT_MOST = 100;

    /** In the interpreter, handlers that leave a part to the JVM cannot be tried: it does not show that part the globals in maps. */
    @Test
    void inTheInterpreter() {
        compare(programs(), translation -> hasPartOnTheJvm(translation) ? Optional.empty() : Optional.of(interpreted(translation)));
    }

    @Test
    void inTheRunningKernel() {
        Privilege.assume();
        int count = Integer.getInteger("jstap.programs.live", programs());
        int[] tooLarge = new int[1];
        compare(count, translation -> {
            Outcome outcome = SessionRun.run(translation);
            boolean compared = !outcome.messages().contains(TOO_LARGE);
            tooLarge[0] += compared ? 0 : 1;
            return compared ? Optional.of(outcome) : Optional.empty();
        });
        assertThat(tooLarge[0]).as("programs that are too large for the verifier").isLessThanOrEqualTo(count / TOO_LARGE_AT_MOST);
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

    private static void compare(int count, Function<Translation, Optional<Outcome>> kernel) {
        long first = Long.getLong("jstap.seed", 20_261_125L);
        int refused = 0;
        for (long seed = first; seed < first + count; seed++) {
            RandomProgram program = ProgramGenerator.program(seed);
            Optional<Translation> translation = translate(program);
            if (translation.isEmpty()) {
                refused++;
            } else if (difference(program, kernel).isPresent()) {
                RandomProgram small = program.shrunk(smaller -> difference(smaller, kernel).isPresent());
                throw new AssertionError("seed " + seed + ":\n" + small.text() + difference(small, kernel).orElse(""));
            }
        }
        assertThat(refused).as("programs that the kernel target refuses, of %d", count).isLessThanOrEqualTo(count / REFUSED);
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
        Optional<Translation> translation = translate(program);
        if (translation.isEmpty()) {
            return Optional.empty();
        }
        Outcome here = SessionRun.run(Translation.of(program.text(), RunIn.HOST, Map.of()));
        try {
            Optional<Outcome> there = kernel.apply(translation.get());
            return there.isEmpty() || here.equals(there.get()) ? Optional.empty()
                    : Optional.of("on the JVM:\n" + here + "\nas eBPF:\n" + there.get());
        } catch (RuntimeException e) {
            return Optional.of("on the JVM:\n" + here + "\nas eBPF: " + e);
        }
    }
}
