package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marks in a program (USDT), passed a known number of times. */
class MarksLiveTest {
    private static final int ROUNDS = 250;
    private static final int SUM = ROUNDS * (ROUNDS + 1) / 2;

    @TempDir
    Path directory;

    private Path program;

    @BeforeEach
    void makeTheProgram() throws Exception {
        Requirements.rootAndTypes();
        Assumptions.assumeTrue(System.getProperty("os.arch").equals("amd64"), "skipped: the program is for x86-64");
        program = directory.resolve("jstap-marks");
        ProgramWithMarks.write(program, ROUNDS);
        assertThat(new ProcessBuilder(program.toString()).start().waitFor()).as("the program runs").isZero();
    }

    private String run(String script) throws Exception {
        try (JstapProcess jstap = JstapProcess.start("-e", script.replace("PROGRAM", program.toString()), "-c", program.toString())) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.status()).isZero();
            return ended.out();
        }
    }

    @Test
    void aMarkIsPassedOnceInEachRoundWithItsArguments() throws Exception {
        assertThat(run("""
                global rounds, pushed, odd
                probe process("PROGRAM").mark("round") {
                    rounds <<< $arg1
                    pushed <<< $arg2
                    if ($arg3 != -7 || $$name != "round" || $$provider != "jstap_test" || pid() != target()) odd++
                    if ($arg1 == 16) println($$parms)
                }
                probe end { println(@count(rounds), " ", @sum(rounds), " ", @sum(pushed), " ", odd) }
                """)).isEqualTo("$arg1=0x10 $arg2=0x10 $arg3=0xfffffffffffffff9\n%d %d %d 0\n".formatted(ROUNDS, SUM, SUM));
    }

    @Test
    void aMarkThatIsPassedOnlyWhileItIsWatchedIsPassed() throws Exception {
        assertThat(run("""
                global passed, sum
                probe process("PROGRAM").provider("jstap*").mark("*") { passed[$$name]++; sum[$$name] += $arg1 }
                probe end { foreach (name+ in passed) println(name, " ", passed[name], " ", sum[name]) }
                """)).isEqualTo("round %1$d %2$d\nwatched %1$d %2$d\n".formatted(ROUNDS, SUM));
    }

    @Test
    void theProgramOfTheCommandIsMeantWhereNoneIsNamed() throws Exception {
        assertThat(run("""
                global passed
                probe process.mark("watched") { passed++ }
                probe end { println(passed) }
                """)).isEqualTo(ROUNDS + "\n");
    }
}
