package org.jstap.cli;

import org.jstap.compiler.kernel.RunIn;
import org.jstap.runtime.Rotation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A command line, understood.
 *
 * @param action       what is asked for
 * @param scripts      the main script first, then those of {@code -E}; empty only for a listing, a dump, help or version
 * @param arguments    what the script sees as {@code $1}, {@code @1} and so on
 * @param lastPass     1 to 5
 * @param verbosity    for each pass from 1, 0 for quiet; index 0 is pass 1
 * @param bufferMegabytes size of the output buffer for each CPU, where given
 * @param module       what {@code module_name()} returns, the name of the directory of procfs probes
 * @param namespaces   process of {@code --target-namespaces}
 * @param timeout      nanoseconds after which the script ends
 * @param globals      initial values of {@code -G}, in order
 * @param defines      limits of {@code -D}, in order; the value is empty where none was given
 * @param rotation     how large output files get and how many are kept, where there are several
 * @param timing       whether to tell at the end how often handlers ran and how long they took
 * @param background whether to go on in the background ({@code -F})
 * @param notes        what was accepted without effect, for {@code -v}
 */
record Options(Action action, List<ScriptInput> scripts, List<String> arguments, int lastPass, List<Integer> verbosity,
               boolean guru, Warnings warnings, OptionalInt bufferMegabytes, List<String> tapsetDirectories,
               Map<String, String> defines, Map<String, String> globals, Optional<String> output, Optional<String> command,
               OptionalInt targetPid, OptionalInt namespaces, OptionalLong timeout, boolean suppressHandlerErrors,
               boolean displayGlobals, Color color, Optional<Rotation> rotation, boolean timing, RunIn runIn, String module,
               boolean background, List<String> notes) {

    Options {
        scripts = List.copyOf(scripts);
        arguments = List.copyOf(arguments);
        verbosity = List.copyOf(verbosity);
        tapsetDirectories = List.copyOf(tapsetDirectories);
        notes = List.copyOf(notes);
    }

    /** Verbosity of a pass from 1 to 5. */
    int verbose(int pass) {
        return verbosity.get(pass - 1);
    }

    /** The same for other files. */
    Options with(List<ScriptInput> otherScripts, List<String> otherDirectories) {
        return new Options(action, otherScripts, arguments, lastPass, verbosity, guru, warnings, bufferMegabytes, otherDirectories,
                defines, globals, output, command, targetPid, namespaces, timeout, suppressHandlerErrors, displayGlobals, color, rotation, timing,
                runIn, module, background, notes);
    }

    /** What a command line asks for. */
    sealed interface Action {
        record Help() implements Action { }

        record ShowVersion() implements Action { }

        record Run() implements Action { }

        /** {@code -l} and {@code -L}. */
        record ListProbes(String pattern, boolean variables) implements Action { }

        record Dump(What what) implements Action { }

        /** {@code --check-examples}. */
        record CheckExamples(String directory) implements Action { }

        enum What { PROBE_TYPES, PROBE_ALIASES, FUNCTIONS }
    }

    /** Where the text of a script comes from. */
    sealed interface ScriptInput {
        record File(String path) implements ScriptInput { }

        record StandardInput() implements ScriptInput { }

        record Text(String text) implements ScriptInput { }
    }

    enum Warnings { SHOWN, HIDDEN, ERRORS }

    enum Color { NEVER, ALWAYS, AUTO }


    /** Collects what the options say, in the order of the command line. */
    static final class Builder {
        Optional<Action> action = Optional.empty();
        Optional<ScriptInput> script = Optional.empty();
        final List<ScriptInput> moreScripts = new ArrayList<>();
        final List<String> positional = new ArrayList<>();
        int lastPass = 5;
        final int[] verbosity = new int[5];
        boolean guru;
        Warnings warnings = Warnings.SHOWN;
        OptionalInt bufferMegabytes = OptionalInt.empty();
        final List<String> tapsetDirectories = new ArrayList<>();
        final Map<String, String> defines = new LinkedHashMap<>();
        final Map<String, String> globals = new LinkedHashMap<>();
        Optional<String> output = Optional.empty();
        Optional<String> command = Optional.empty();
        OptionalInt targetPid = OptionalInt.empty();
        OptionalInt namespaces = OptionalInt.empty();
        OptionalLong timeout = OptionalLong.empty();
        boolean suppressHandlerErrors;
        boolean displayGlobals = true;
        Color color = Color.AUTO;
        Optional<Rotation> rotation = Optional.empty();
        boolean timing;
        boolean background;
        RunIn runIn = RunIn.AUTO;
        String module = "stap_" + ProcessHandle.current().pid();
        final List<String> notes = new ArrayList<>();

        Options build() {
            Action wanted = action.orElse(new Action.Run());
            List<ScriptInput> scripts = new ArrayList<>();
            int firstArgument = 0;
            if (script.isPresent()) {
                scripts.add(script.get());
            } else if (wanted instanceof Action.Run && !positional.isEmpty()) {
                String path = positional.get(firstArgument++);
                scripts.add(path.equals("-") ? new ScriptInput.StandardInput() : new ScriptInput.File(path));
            }
            scripts.addAll(moreScripts);
            if (wanted instanceof Action.Run && scripts.isEmpty()) {
                throw new UsageException("a script must be given: a file, '-' for standard input, or -e SCRIPT");
            }
            List<Integer> levels = new ArrayList<>();
            for (int level : verbosity) {
                levels.add(level);
            }
            return new Options(wanted, scripts, positional.subList(firstArgument, positional.size()), lastPass, levels, guru,
                    warnings, bufferMegabytes, tapsetDirectories, defines, globals, output, command, targetPid, namespaces,
                    timeout, suppressHandlerErrors, displayGlobals, color, rotation, timing, runIn, module, background, notes);
        }
    }
}
