package org.jstap.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jstap.cli.Options.Action;
import org.jstap.cli.Options.ScriptInput;
import org.jstap.cli.StapOption.Argument;
import org.jstap.cli.StapOption.Treatment;
import org.jstap.compiler.kernel.RunIn;
import org.jstap.language.diagnostic.Suggestions;
import org.jstap.runtime.Rotation;

/**
 * Reads a command line as getopt_long(3) does for {@code stap}: letters can be joined, an argument can follow its letter at once or
 * as the next word, long names can be cut short where that is clear, options and other words can be mixed, and {@code --} ends the
 * options.
 */
final class OptionParser {
    private static final int LONGEST_MODULE_NAME = 55;
    private static final int LARGEST_BUFFER = 4095;
    private static final long NANOS = 1_000_000_000L;

    private final String[] words;
    private final Options.Builder options = new Options.Builder();
    private int next;

    private OptionParser(String[] words) {
        this.words = words;
    }

    /** @throws UsageException if the command line cannot be understood */
    static Options parse(String... words) {
        return new OptionParser(words).parse();
    }

    private Options parse() {
        try {
            readWords();
        } catch (UsageException e) {
            throw e.at(next - 1);
        }
        if (options.command.isPresent() && options.targetPid.isPresent()) {
            throw new UsageException("-c and -x exclude each other: both say what target() is");
        }
        if (options.rotation.isPresent() && options.output.isEmpty()) {
            throw new UsageException("option '-S' needs the name of the files: -o FILE");
        }
        if (options.background && options.output.isEmpty()) {
            throw new UsageException("option '-F' needs a file for the output: -o FILE");
        }
        return options.build();
    }

    private void readWords() {
        while (next < words.length) {
            String word = words[next++];
            if (word.equals("--")) {
                while (next < words.length) {
                    options.positional.add(words[next++]);
                }
            } else if (word.startsWith("--")) {
                longOption(word);
            } else if (word.length() > 1 && word.charAt(0) == '-') {
                letters(word);
            } else {
                options.positional.add(word);
            }
        }
    }

    private void letters(String word) {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            Optional<StapOption> option = StapOption.ofLetter(letter);
            if (option.isEmpty()) {
                throw unknownLetter(word, letter);
            }
            if (option.get().argument() == Argument.REQUIRED) {
                String rest = word.substring(i + 1);
                apply(option.get(), "-" + letter, rest.isEmpty() ? nextWord(option.get(), "-" + letter) : rest);
                return;
            }
            apply(option.get(), "-" + letter, "");
        }
    }

    private static UsageException unknownLetter(String word, char letter) {
        if (isNumber(word)) {
            return new UsageException("'" + word + "' is taken for an option: put '--' in front of script arguments that start with '-'");
        }
        Optional<StapOption> meant = StapOption.ofWord(word.substring(1));
        return new UsageException("unrecognized option '-" + letter + "'" + (word.length() > 2 ? " in '" + word + "'" : "")
                + (meant.isPresent() ? "; did you mean '-" + word + "'?" : ""));
    }

    private static boolean isNumber(String word) {
        for (int i = 1; i < word.length(); i++) {
            if (word.charAt(i) < '0' || word.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private void longOption(String word) {
        int equals = word.indexOf('=');
        String name = word.substring(2, equals < 0 ? word.length() : equals);
        StapOption option = named(name);
        if (equals >= 0 && option.argument() == Argument.NONE) {
            throw new UsageException("option '" + option.spelling() + "' takes no value, but has '" + word.substring(equals) + "'");
        }
        String argument = equals >= 0 ? word.substring(equals + 1)
                : option.argument() == Argument.REQUIRED ? nextWord(option, option.spelling()) : "";
        apply(option, option.spelling(), argument);
    }

    private static StapOption named(String name) {
        Optional<StapOption> exact = StapOption.ofWord(name);
        if (exact.isPresent()) {
            return exact.get();
        }
        List<String> all = new ArrayList<>();
        List<StapOption> longer = new ArrayList<>();
        for (StapOption option : StapOption.values()) {
            if (!option.word().isEmpty()) {
                all.add(option.word());
                if (!name.isEmpty() && option.word().startsWith(name)) {
                    longer.add(option);
                }
            }
        }
        if (longer.size() == 1) {
            return longer.getFirst();
        }
        if (longer.size() > 1) {
            StringBuilder message = new StringBuilder("option '--" + name + "' is ambiguous:");
            for (StapOption option : longer) {
                message.append(" '").append(option.spelling()).append('\'');
            }
            throw new UsageException(message.toString());
        }
        List<String> near = Suggestions.near(name, all, 1);
        throw new UsageException("unrecognized option '--" + name + "'"
                + (near.isEmpty() ? "" : "; did you mean '--" + near.getFirst() + "'?"));
    }

    private String nextWord(StapOption option, String spelling) {
        if (next >= words.length) {
            throw new UsageException("option '" + spelling + "' requires " + wanted(option));
        }
        return words[next++];
    }

    private static String wanted(StapOption option) {
        return option.treatment() == Treatment.HONOURED && !option.text().isEmpty() ? option.text() : "an argument";
    }

    private void apply(StapOption option, String spelling, String argument) {
        switch (option.treatment()) {
            case REFUSED -> throw new UsageException("option '" + spelling + "' is refused: " + option.text());
            case IGNORED -> ignore(option, spelling, argument);
            case HONOURED -> honour(option, spelling, argument);
        }
    }

    private void ignore(StapOption option, String spelling, String argument) {
        if (option == StapOption.RELEASE && !argument.equals(System.getProperty("os.version"))) {
            throw new UsageException("option '-r " + argument + "' is refused: a script is translated for the running kernel, "
                    + System.getProperty("os.version"));
        }
        options.notes.add("Option " + spelling + " has no effect: " + option.text() + ".");
    }

    private void honour(StapOption option, String spelling, String argument) {
        switch (option) {
            case HELP -> options.action = Optional.of(new Action.Help());
            case VERSION -> options.action = Optional.of(new Action.ShowVersion());
            case LIST, LIST_VARIABLES -> list(argument, option == StapOption.LIST_VARIABLES);
            case DUMP_PROBE_TYPES -> dump(Action.What.PROBE_TYPES);
            case DUMP_PROBE_ALIASES -> dump(Action.What.PROBE_ALIASES);
            case DUMP_FUNCTIONS -> dump(Action.What.FUNCTIONS);
            case SCRIPT -> script(argument);
            case MORE_SCRIPT -> options.moreScripts.add(new ScriptInput.Text(argument));
            case PASS -> options.lastPass = (int) number(spelling, argument, 1, 5);
            case VERBOSE -> verbose();
            case VERBOSE_PER_PASS -> verbosePerPass(argument);
            case GURU -> options.guru = true;
            case NO_WARNINGS -> options.warnings = Options.Warnings.HIDDEN;
            case WARNINGS_ARE_ERRORS -> options.warnings = Options.Warnings.ERRORS;
            case BUFFER -> options.bufferMegabytes = OptionalInt.of((int) number(spelling, argument, 1, LARGEST_BUFFER));
            case INCLUDE -> options.tapsetDirectories.add(notEmpty(spelling, argument, "a directory"));
            case DEFINE -> define(argument);
            case GLOBAL -> global(argument);
            case OUTPUT -> options.output = Optional.of(notEmpty(spelling, argument, "a file name"));
            case MODULE -> options.module = moduleName(spelling, argument);
            case FLIGHT_RECORDER -> options.background = true;
            case ROTATE -> options.rotation = Optional.of(rotation(spelling, argument));
            case COMMAND -> options.command = Optional.of(notEmpty(spelling, argument, "a command"));
            case TARGET -> options.targetPid = OptionalInt.of((int) number(spelling, argument, 1, Integer.MAX_VALUE));
            case TARGET_NAMESPACES ->
                options.namespaces = OptionalInt.of((int) number(spelling, argument, 1, Integer.MAX_VALUE));
            case TIMEOUT -> options.timeout = OptionalLong.of(number(spelling, argument, 1, Long.MAX_VALUE / NANOS) * NANOS);
            case SUPPRESS_HANDLER_ERRORS -> options.suppressHandlerErrors = true;
            case SUPPRESS_TIME_LIMITS -> {
                options.defines.put("MAXACTION", "0");
                options.defines.put("STP_NO_OVERLOAD", "");
            }
            case TIMING -> options.timing = true;
            case NO_GLOBAL_DISPLAY -> options.displayGlobals = false;
            case COLOR, COLOUR -> options.color = color(spelling, argument);
            case CHECK_EXAMPLES -> options.action = Optional.of(new Action.CheckExamples(notEmpty(spelling, argument, "a directory")));
            case RUN_IN -> options.runIn = runIn(argument);
            default -> throw new IllegalStateException("no meaning for " + spelling);
        }
    }

    private void list(String pattern, boolean variables) {
        if (options.action.isPresent()) {
            throw new UsageException("only one of -l, -L and --dump-… can be given");
        }
        options.action = Optional.of(new Action.ListProbes(notEmpty(variables ? "-L" : "-l", pattern, "a probe point"), variables));
    }

    private void dump(Action.What what) {
        options.action = Optional.of(new Action.Dump(what));
    }

    private void script(String text) {
        if (options.script.isPresent()) {
            throw new UsageException("only one script can be given with -e; use -E for more");
        }
        options.script = Optional.of(new ScriptInput.Text(text));
    }

    private void verbose() {
        for (int i = 0; i < options.verbosity.length; i++) {
            options.verbosity[i]++;
        }
    }

    private void verbosePerPass(String digits) {
        if (digits.isEmpty() || digits.length() > options.verbosity.length) {
            throw new UsageException("option '--vp' requires one digit for each pass, as 00001, not '" + digits + "'");
        }
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                throw new UsageException("option '--vp' requires one digit for each pass, as 00001, not '" + digits + "'");
            }
            options.verbosity[i] += digit - '0';
        }
    }

    private void define(String argument) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        if (!isIdentifier(name)) {
            throw new UsageException("option '-D' requires NAME=VALUE, not '" + argument + "'");
        }
        String value = equals < 0 ? "" : argument.substring(equals + 1);
        Defines.check(name, value);
        options.defines.put(name, value);
    }

    private void global(String argument) {
        int equals = argument.indexOf('=');
        if (equals < 0 || !isIdentifier(argument.substring(0, equals))) {
            throw new UsageException("option '-G' requires name=value, not '" + argument + "'");
        }
        options.globals.put(argument.substring(0, equals), argument.substring(equals + 1));
    }

    private static boolean isIdentifier(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static Options.Color color(String spelling, String when) {
        return switch (when) {
            case "", "always" -> Options.Color.ALWAYS;
            case "never" -> Options.Color.NEVER;
            case "auto" -> Options.Color.AUTO;
            default -> throw new UsageException("option '" + spelling + "' requires never, always or auto, not '" + when + "'");
        };
    }

    private static RunIn runIn(String side) {
        return switch (side) {
            case "auto" -> RunIn.AUTO;
            case "host" -> RunIn.HOST;
            case "kernel" -> RunIn.KERNEL;
            default -> throw new UsageException("option '--run-in' requires host, kernel or auto, not '" + side + "'");
        };
    }

    private static String notEmpty(String spelling, String argument, String what) {
        if (argument.isEmpty()) {
            throw new UsageException("option '" + spelling + "' requires " + what + ", not an empty word");
        }
        return argument;
    }

    private static String moduleName(String spelling, String argument) {
        boolean good = !argument.isEmpty() && argument.length() <= LONGEST_MODULE_NAME;
        for (int i = 0; i < argument.length(); i++) {
            char c = argument.charAt(i);
            good &= c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
        }
        if (!good) {
            throw new UsageException("option '" + spelling + "' requires a name of at most " + LONGEST_MODULE_NAME
                    + " small letters, digits and _, not '" + argument + "'");
        }
        return argument;
    }

    /** MEGABYTES[,FILES]. */
    private static Rotation rotation(String spelling, String argument) {
        int comma = argument.indexOf(',');
        String size = comma < 0 ? argument : argument.substring(0, comma);
        long megabytes = number(spelling, size, 1, Integer.MAX_VALUE);
        int files = comma < 0 ? 0 : (int) number(spelling, argument.substring(comma + 1), 1, Integer.MAX_VALUE);
        return new Rotation(megabytes << 20, files);
    }

    private static long number(String spelling, String argument, long lowest, long highest) {
        try {
            long value = Long.parseLong(argument);
            if (value >= lowest && value <= highest) {
                return value;
            }
        } catch (NumberFormatException _) {
            // The message below says it for both.
        }
        String range = highest >= Integer.MAX_VALUE ? "a number of at least " + lowest : "a number from " + lowest + " to " + highest;
        throw new UsageException("option '" + spelling + "' requires " + range + ", not '" + argument + "'");
    }
}
