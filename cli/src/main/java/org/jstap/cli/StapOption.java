package org.jstap.cli;

import static org.jstap.cli.StapOption.Argument.NONE;
import static org.jstap.cli.StapOption.Argument.OPTIONAL;
import static org.jstap.cli.StapOption.Argument.REQUIRED;
import static org.jstap.cli.StapOption.Treatment.HONOURED;
import static org.jstap.cli.StapOption.Treatment.IGNORED;
import static org.jstap.cli.StapOption.Treatment.REFUSED;

import java.util.Optional;

/**
 * Every option of {@code stap}, and what jstap does with it: honoured, accepted without effect because what it asks for has no
 * meaning here, or refused with the reason. No option is passed over silently.
 */
enum StapOption {
    HELP('h', "help", NONE),
    VERSION('V', "version", NONE),
    PASS('p', "", REQUIRED, "a pass number from 1 to 5"),
    VERBOSE('v', "", NONE),
    VERBOSE_PER_PASS('\0', "vp", REQUIRED, "one digit for each pass, as 00001"),
    GURU('g', "", NONE),
    NO_WARNINGS('w', "", NONE),
    WARNINGS_ARE_ERRORS('W', "", NONE),
    BUFFER('s', "", REQUIRED, "the buffer size in megabytes"),
    INCLUDE('I', "", REQUIRED, "a directory"),
    DEFINE('D', "", REQUIRED, "NAME=VALUE"),
    GLOBAL('G', "", REQUIRED, "name=value"),
    MODULE('m', "", REQUIRED, "a name of small letters, digits and _"),
    OUTPUT('o', "", REQUIRED, "a file name"),
    FLIGHT_RECORDER('F', "", NONE),
    ROTATE('S', "", REQUIRED, "MEGABYTES or MEGABYTES,FILES"),
    COMMAND('c', "", REQUIRED, "a command"),
    TARGET('x', "", REQUIRED, "a process id"),
    TARGET_NAMESPACES('\0', "target-namespaces", REQUIRED, "a process id"),
    SCRIPT('e', "", REQUIRED, "a script"),
    MORE_SCRIPT('E', "", REQUIRED, "a script"),
    LIST('l', "", REQUIRED, "a probe point"),
    LIST_VARIABLES('L', "", REQUIRED, "a probe point"),
    TIMEOUT('T', "", REQUIRED, "a number of seconds"),
    SUPPRESS_HANDLER_ERRORS('\0', "suppress-handler-errors", NONE),
    NO_GLOBAL_DISPLAY('\0', "no-global-var-display", NONE),
    COLOR('\0', "color", OPTIONAL, "never, always or auto"),
    COLOUR('\0', "colour", OPTIONAL, "never, always or auto"),
    DUMP_PROBE_TYPES('\0', "dump-probe-types", NONE),
    DUMP_PROBE_ALIASES('\0', "dump-probe-aliases", NONE),
    DUMP_FUNCTIONS('\0', "dump-functions", NONE),
    CHECK_EXAMPLES('\0', "check-examples", REQUIRED, "a directory of scripts and their .meta files"),
    RUN_IN('\0', "run-in", REQUIRED, "host, kernel or auto"),
    TIMING('t', "", NONE),
    SUPPRESS_TIME_LIMITS('\0', "suppress-time-limits", NONE),

    KEEP('k', "", NONE, IGNORED, "jstap makes no temporary directory"),
    PROLOGUE('P', "", NONE, IGNORED, "parameters are found through BTF, not by looking at function prologues"),
    PROLOGUE_SEARCHING('\0', "prologue-searching", OPTIONAL, IGNORED,
            "parameters are found through BTF, not by looking at function prologues"),
    UNOPTIMIZED('u', "", NONE, IGNORED, "unused code costs nothing in the kernel here"),
    KBUILD('B', "", REQUIRED, IGNORED, "no C is compiled"),
    DEBUG('\0', "debug", NONE, IGNORED, "no module is built; -p4 lists the programs"),
    MODINFO('\0', "modinfo", REQUIRED, IGNORED, "no module is built"),
    RUNTIME_DIRECTORY('R', "", REQUIRED, IGNORED, "jstap needs no runtime sources"),
    UNWIND_DATA('d', "", REQUIRED, IGNORED, "symbols are read from the running system"),
    LDD('\0', "ldd", NONE, IGNORED, "symbols are read from the running system"),
    ALL_MODULES('\0', "all-modules", NONE, IGNORED, "symbols are read from the running system"),
    DISABLE_CACHE('\0', "disable-cache", NONE, IGNORED, "translations are not cached"),
    POISON_CACHE('\0', "poison-cache", NONE, IGNORED, "translations are not cached"),
    CLEAN_CACHE('\0', "clean-cache", NONE, IGNORED, "translations are not cached"),
    USE_SERVER_ON_ERROR('\0', "use-server-on-error", OPTIONAL, IGNORED, "there is no compile server; all passes run here"),
    SIGN_MODULE('\0', "sign-module", OPTIONAL, IGNORED, "no module is built"),
    SAVE_UPROBES('\0', "save-uprobes", NONE, IGNORED, "no module is built"),
    DOWNLOAD_DEBUGINFO('\0', "download-debuginfo", OPTIONAL, IGNORED, "jstap needs no debug information of the kernel"),
    TMPDIR('\0', "tmpdir", REQUIRED, IGNORED, "jstap makes no temporary directory"),
    BPF('\0', "bpf", NONE, IGNORED, "everything runs as eBPF anyway"),
    RELEASE('r', "", REQUIRED, IGNORED, "the script runs on this kernel"),
    CHECK_VERSION('\0', "check-version", NONE, IGNORED, "jstap has one version of the language"),

    BULK('b', "", NONE, REFUSED, "output of all processors comes in one ordered stream; use -o FILE"),
    INTERACTIVE('i', "interactive", NONE, REFUSED, "there is no line-by-line script builder; give a script, or -e SCRIPT"),
    ARCHITECTURE('a', "", REQUIRED, REFUSED, "a script is translated for the machine it runs on"),
    COVERAGE('q', "", NONE, REFUSED, "coverage information is not supported yet"),
    SKIP_BADVARS('\0', "skip-badvars", NONE, REFUSED, "not supported yet; test variables with @defined"),
    COMPATIBLE('\0', "compatible", REQUIRED, REFUSED, "jstap has one version of the language"),
    PRIVILEGE('\0', "privilege", OPTIONAL, REFUSED, "loading eBPF needs root (or CAP_BPF and CAP_PERFMON); there are no lower levels"),
    UNPRIVILEGED('\0', "unprivileged", NONE, REFUSED,
            "loading eBPF needs root (or CAP_BPF and CAP_PERFMON); there are no lower levels"),
    SEMANTIC_KEEP_GOING('\0', "semantic-keep-going", NONE, REFUSED, "not supported yet"),
    USE_SERVER('\0', "use-server", OPTIONAL, REFUSED, "there is no compile server, and none is needed"),
    LIST_SERVERS('\0', "list-servers", OPTIONAL, REFUSED, "there is no compile server, and none is needed"),
    TRUST_SERVERS('\0', "trust-servers", OPTIONAL, REFUSED, "there is no compile server, and none is needed"),
    REMOTE('\0', "remote", REQUIRED, REFUSED, "not supported yet; start jstap on the other machine"),
    REMOTE_PREFIX('\0', "remote-prefix", NONE, REFUSED, "not supported yet; start jstap on the other machine"),
    RLIMIT_AS('\0', "rlimit-as", REQUIRED, REFUSED, "set limits with ulimit or prlimit"),
    RLIMIT_CPU('\0', "rlimit-cpu", REQUIRED, REFUSED, "set limits with ulimit or prlimit"),
    RLIMIT_NPROC('\0', "rlimit-nproc", REQUIRED, REFUSED, "set limits with ulimit or prlimit"),
    RLIMIT_STACK('\0', "rlimit-stack", REQUIRED, REFUSED, "set limits with ulimit or prlimit"),
    RLIMIT_FSIZE('\0', "rlimit-fsize", REQUIRED, REFUSED, "set limits with ulimit or prlimit"),
    SYSROOT('\0', "sysroot", REQUIRED, REFUSED, "a script is translated for the machine it runs on"),
    SYSENV('\0', "sysenv", REQUIRED, REFUSED, "a script is translated for the machine it runs on"),
    RUNTIME('\0', "runtime", REQUIRED, REFUSED, "there is one runtime, eBPF with host handlers"),
    DYNINST('\0', "dyninst", NONE, REFUSED, "there is one runtime, eBPF with host handlers"),
    MONITOR('\0', "monitor", OPTIONAL, REFUSED, "not supported yet"),
    EXAMPLE('\0', "example", NONE, REFUSED, "give the script's path; ours are in examples/"),
    LANGUAGE_SERVER('\0', "language-server", NONE, REFUSED, "not supported yet"),
    BUILD_AS('\0', "build-as", REQUIRED, REFUSED, "nothing is built by another compiler, so there is nothing to shield");

    /** Whether an option takes an argument. An optional one follows the long name behind {@code =}. */
    enum Argument { NONE, REQUIRED, OPTIONAL }

    enum Treatment { HONOURED, IGNORED, REFUSED }

    private final char letter;
    private final String word;
    private final Argument argument;
    private final Treatment treatment;
    private final String text;

    StapOption(char letter, String word, Argument argument) {
        this(letter, word, argument, HONOURED, "");
    }

    StapOption(char letter, String word, Argument argument, String meaning) {
        this(letter, word, argument, HONOURED, meaning);
    }

    StapOption(char letter, String word, Argument argument, Treatment treatment, String text) {
        this.letter = letter;
        this.word = word;
        this.argument = argument;
        this.treatment = treatment;
        this.text = text;
    }

    Argument argument() {
        return argument;
    }

    Treatment treatment() {
        return treatment;
    }

    /** The long name without dashes, empty where there is none. */
    String word() {
        return word;
    }

    /** As messages name it. */
    String spelling() {
        return word.isEmpty() ? "-" + letter : "--" + word;
    }

    /** What the argument is, for an option that is honoured; else why it is ignored or refused. */
    String text() {
        return text;
    }

    static Optional<StapOption> ofLetter(char letter) {
        for (StapOption option : values()) {
            if (option.letter == letter && letter != '\0') {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    static Optional<StapOption> ofWord(String word) {
        for (StapOption option : values()) {
            if (!option.word.isEmpty() && option.word.equals(word)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }
}
