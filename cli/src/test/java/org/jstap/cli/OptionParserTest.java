package org.jstap.cli;

import org.jstap.compiler.kernel.RunIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jstap.cli.Options.Action;
import org.jstap.cli.Options.ScriptInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionParserTest {
    @Test
    void theFirstWordIsTheScriptAndTheOthersAreItsArguments() {
        Options options = OptionParser.parse("script.stp", "eth0", "5");
        assertThat(options.scripts()).containsExactly(new ScriptInput.File("script.stp"));
        assertThat(options.arguments()).containsExactly("eth0", "5");
        assertThat(options.lastPass()).isEqualTo(5);
        assertThat(options.action()).isEqualTo(new Action.Run());
    }

    @Test
    void aDashIsStandardInput() {
        Options options = OptionParser.parse("-", "one");
        assertThat(options.scripts()).containsExactly(new ScriptInput.StandardInput());
        assertThat(options.arguments()).containsExactly("one");
    }

    @Test
    void withDashEEveryWordIsAnArgument() {
        Options options = OptionParser.parse("-e", "probe begin {}", "-E", "probe end {}", "one");
        assertThat(options.scripts())
                .containsExactly(new ScriptInput.Text("probe begin {}"), new ScriptInput.Text("probe end {}"));
        assertThat(options.arguments()).containsExactly("one");
    }

    @Test
    void optionsMayFollowTheScriptButNotTheDoubleDash() {
        Options options = OptionParser.parse("script.stp", "-v", "--", "-v", "--help");
        assertThat(options.verbose(1)).isEqualTo(1);
        assertThat(options.arguments()).containsExactly("-v", "--help");
    }

    @ParameterizedTest
    @CsvSource({"-p4,", "-p,4", "-vp4,", "-vgp,4"})
    void anArgumentFollowsItsLetterAtOnceOrAsTheNextWord(String first, String second) {
        Options options = second == null ? OptionParser.parse("x", first) : OptionParser.parse("x", first, second);
        assertThat(options.lastPass()).isEqualTo(4);
    }

    @Test
    void verbosityAddsUpAndCanBeGivenForEachPass() {
        Options options = OptionParser.parse("x", "-vv", "--vp", "00103");
        assertThat(options.verbosity()).isEqualTo(List.of(2, 2, 3, 2, 5));
        assertThat(OptionParser.parse("x", "--vp=01").verbosity()).isEqualTo(List.of(0, 1, 0, 0, 0));
    }

    @Test
    void definesAndGlobalsKeepTheirOrderAndTheLastOneCounts() {
        Options options = OptionParser.parse("x", "-DMAXACTION=7", "-D", "STP_NO_OVERLOAD", "-DMAXACTION=9", "-G", "a=1=2", "-Gb=");
        assertThat(options.defines()).isEqualTo(Map.of("MAXACTION", "9", "STP_NO_OVERLOAD", ""));
        assertThat(options.globals()).isEqualTo(Map.of("a", "1=2", "b", ""));
    }

    @Test
    void everythingElseThatIsHonoured() {
        Options options = OptionParser.parse("x", "-g", "-w", "-s", "16", "-I", "d1", "-Id2", "-o", "out.%s", "-c", "ls -l",
                "-T", "3", "--run-in=kernel", "--color=never", "--no-global-var-display", "--suppress-handler-errors");
        assertThat(options.guru()).isTrue();
        assertThat(options.warnings()).isEqualTo(Options.Warnings.HIDDEN);
        assertThat(options.bufferMegabytes()).hasValue(16);
        assertThat(options.tapsetDirectories()).containsExactly("d1", "d2");
        assertThat(options.output()).contains("out.%s");
        assertThat(options.command()).contains("ls -l");
        assertThat(options.timeout()).hasValue(3_000_000_000L);
        assertThat(options.runIn()).isEqualTo(RunIn.KERNEL);
        assertThat(options.color()).isEqualTo(Options.Color.NEVER);
        assertThat(options.displayGlobals()).isFalse();
        assertThat(options.suppressHandlerErrors()).isTrue();
        assertThat(OptionParser.parse("x", "-x", "17", "-W").targetPid()).hasValue(17);
        assertThat(OptionParser.parse("-Fo", "out", "x").background()).isTrue();
        assertThat(options.background()).isFalse();
    }

    @Test
    void aListingNeedsNoScript() {
        assertThat(OptionParser.parse("-l", "kernel.trace(\"*\")").action())
                .isEqualTo(new Action.ListProbes("kernel.trace(\"*\")", false));
        assertThat(OptionParser.parse("-Lbegin").action()).isEqualTo(new Action.ListProbes("begin", true));
        assertThat(OptionParser.parse("--dump-functions").action()).isEqualTo(new Action.Dump(Action.What.FUNCTIONS));
    }

    @Test
    void longNamesCanBeCutShortWhereThatIsClear() {
        assertThat(OptionParser.parse("--vers").action()).isEqualTo(new Action.ShowVersion());
        assertThat(OptionParser.parse("--he").action()).isEqualTo(new Action.Help());
        assertRefused("option '--dump' is ambiguous: '--dump-probe-types'", "--dump");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertRefused("a script must be given");
        assertRefused("unrecognized option '--no-such-option'", "--no-such-option", "x");
        assertRefused("did you mean '--run-in'?", "--run-ni=host", "x");
        assertRefused("did you mean '--version'?", "--verison");
        assertRefused("'-5' is taken for an option", "x", "-5");
        assertRefused("option '-p' requires a pass number from 1 to 5", "x", "-p");
        assertRefused("option '-p' requires a number from 1 to 5, not '6'", "x", "-p6");
        assertRefused("option '-s' requires a number from 1 to 4095, not '0'", "x", "-s0");
        assertRefused("option '-T' requires a number of at least 1, not 'soon'", "x", "-T", "soon");
        assertRefused("option '-x' requires a number of at least 1, not '-1'", "x", "-x", "-1");
        assertRefused("option '-c' requires a command, not an empty word", "x", "-c", "");
        assertRefused("option '-G' requires name=value, not 'a'", "x", "-G", "a");
        assertRefused("option '-D' requires NAME=VALUE, not '=3'", "x", "-D", "=3");
        assertRefused("option '-D MAXACTION' requires a number, not 'many'", "x", "-DMAXACTION=many");
        assertRefused("option '-D MAXSTRINGLEN' requires a number from 2 to", "x", "-DMAXSTRINGLEN=0");
        assertRefused("option '--run-in' requires host, kernel or auto, not 'moon'", "x", "--run-in=moon");
        assertRefused("option '--help' takes no value, but has '=x'", "--help=x");
        assertRefused("option '--vp' requires one digit for each pass", "x", "--vp", "1x");
        assertRefused("only one script can be given with -e", "-e", "a", "-e", "b");
        assertRefused("option '-F' needs a file for the output: -o FILE", "x", "-F");
        assertRefused("-c and -x exclude each other", "x", "-c", "ls", "-x", "1");
    }

    @Test
    void whatHasNoMeaningHereIsNotedAndNothingMore() {
        Options options = OptionParser.parse("x", "-k", "-P", "-u", "--disable-cache", "-r", System.getProperty("os.version"));
        assertThat(options.notes()).hasSize(5).allMatch(note -> note.startsWith("Option -"));
        assertThat(options.scripts()).containsExactly(new ScriptInput.File("x"));
        assertRefused("translated for the running kernel", "x", "-r", "1.0-other");
    }

    @Test
    void whatIsNotSupportedIsRefusedByNameWithAReason() {
        for (StapOption option : StapOption.values()) {
            if (option.treatment() == StapOption.Treatment.REFUSED) {
                String[] words = option.argument() == StapOption.Argument.REQUIRED
                        ? new String[] {"x", option.spelling(), "v"} : new String[] {"x", option.spelling()};
                assertRefused("option '" + option.spelling() + "' is refused: " + option.text(), words);
            }
        }
    }

    private static void assertRefused(String message, String... words) {
        assertThatThrownBy(() -> OptionParser.parse(words)).isInstanceOf(UsageException.class).hasMessageContaining(message);
    }
}
