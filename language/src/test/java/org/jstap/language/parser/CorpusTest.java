package org.jstap.language.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticPrinter;
import org.jstap.language.preprocess.MacroLibrary;
import org.jstap.language.preprocess.MacroSource;
import org.jstap.language.preprocess.PreprocessorEnvironment;
import org.jstap.language.source.SourceFile;
import org.jstap.language.tree.TreePrinter;
import org.junit.jupiter.api.Test;

/**
 * Scripts that others wrote: those of SystemTap's own packages (its examples and, as a stress, its tapset), where the
 * packages are unpacked, and the conformance corpus. The place of the packages is the system property
 * {@code jstap.systemtap.packages} or the variable {@code JSTAP_SYSTEMTAP_PACKAGES}: a folder that holds {@code usr}.
 */
class CorpusTest {
    private static final PreprocessorEnvironment GURU = Scripts.ENVIRONMENT.withGuruMode(true);
    /** Examples take numbers, probe points, words and operators as arguments; one of these suits each. */
    private static final List<List<String>> ARGUMENTS = List.of(
            List.of("1", "2", "3", "4", "5", "6", "7", "8", "9"),
            List.of("begin", "end", "1000", "4", "5"),
            List.of("begin", "end", "begin", "end", "begin"),
            List.of("1000", "10", "@hist_log", "begin", "end"),
            List.of("1", "2", "@avg", "begin", "end"));

    static Path packages() {
        String place = System.getProperty("jstap.systemtap.packages", System.getenv("JSTAP_SYSTEMTAP_PACKAGES"));
        Path unpacked = place != null ? Path.of(place) : Path.of(System.getProperty("user.home"), ".cache", "jstap", "stap");
        return Files.isDirectory(unpacked.resolve("usr/share/systemtap")) ? unpacked : Path.of("/");
    }

    private static Path require(String path) {
        Path found = packages().resolve(path);
        assumeTrue(Files.isDirectory(found), "skipped: SystemTap's packages are not unpacked (no " + found + ")");
        return found;
    }

    private static MacroSource libraryMacros() throws IOException {
        List<SourceFile> files = new ArrayList<>();
        for (Path path : Scripts.find(require("usr/share/systemtap/tapset"), ".stpm")) {
            String folder = path.getParent().getFileName().toString();
            if (!folder.equals("bpf") && !folder.equals("dyninst")) {
                files.add(Scripts.read(path, true));
            }
        }
        MacroLibrary.Result result = MacroLibrary.parse(files, GURU);
        assertThat(result.diagnostics()).isEmpty();
        assertThat(result.library().names().size()).isGreaterThan(30);
        return result.library();
    }

    private static String problems(ParseResult result) {
        return result.file().isPresent() ? ""
                : DiagnosticPrinter.print(result.diagnostics().stream().filter(Diagnostic::isError).toList());
    }

    /** Parses what the printer made of a tree, which must give the same text again. */
    private static void assertPrintsReadably(Path path, ParseResult result) {
        String printed = TreePrinter.print(result.file().orElseThrow());
        ParseResult again = Parser.parse(new SourceFile("printed", printed, true), ParseOptions.of(GURU));
        assertThat(problems(again)).as("the tree of " + path + " as printed").isEmpty();
        assertThat(TreePrinter.print(again.file().orElseThrow())).as(path.toString()).isEqualTo(printed);
    }

    @Test
    void everyExampleScriptParses() throws IOException {
        Path root = require("usr/share/systemtap/examples");
        MacroSource macros = libraryMacros();
        List<Path> examples = Scripts.find(root, ".stp");
        List<String> refused = new ArrayList<>();
        for (Path path : examples) {
            ParseResult result = firstThatParses(Scripts.read(path, false), macros);
            if (result.file().isEmpty()) {
                refused.add(path.getFileName() + ": " + problems(result));
            } else {
                assertPrintsReadably(path, result);
            }
        }
        assertThat(examples.size()).isGreaterThanOrEqualTo(200);
        // The template is to be filled in: it has "{...}" where a handler belongs, and is no script for SystemTap either.
        assertThat(refused).allSatisfy(text -> assertThat(text).startsWith("security-bandaid-template.stp: "
                + "parse error: expected statement\n        saw: operator '.'"));
    }

    private static ParseResult firstThatParses(SourceFile file, MacroSource macros) {
        ParseResult result = Parser.parse(file, new ParseOptions(GURU, macros, ARGUMENTS.getFirst()));
        for (int i = 1; i < ARGUMENTS.size() && result.file().isEmpty(); i++) {
            result = Parser.parse(file, new ParseOptions(GURU, macros, ARGUMENTS.get(i)));
        }
        return result;
    }

    @Test
    void everyTapsetFileParses() throws IOException {
        Path root = require("usr/share/systemtap/tapset");
        MacroSource macros = libraryMacros();
        List<Path> files = Scripts.find(root, ".stp");
        assertThat(files.size()).isGreaterThan(500);
        for (Path path : files) {
            ParseResult result = Parser.parse(Scripts.read(path, true), new ParseOptions(GURU, macros, List.of()));
            assertThat(problems(result)).as(path.toString()).isEmpty();
            assertPrintsReadably(path, result);
        }
    }

    private static Path corpus(String folder) {
        Path path = Scripts.conformance().resolve(folder);
        assumeTrue(Files.isDirectory(path), "skipped: there is no conformance corpus at " + path);
        return path;
    }

    /** What a case's file of arguments has after the script. */
    private static List<String> arguments(Path script) throws IOException {
        Path file = script.resolveSibling(script.getFileName().toString().replace(".stp", ".args"));
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file).strip();
        String after = text.contains("{}") ? text.substring(text.indexOf("{}") + 2).strip() : "";
        List<String> words = new ArrayList<>();
        for (String word : after.split("\\s+")) {
            if (!word.isEmpty()) {
                words.add(word.replace("'", "").replace("\"", ""));
            }
        }
        return words;
    }

    private static boolean guru(Path script) throws IOException {
        Path file = script.resolveSibling(script.getFileName().toString().replace(".stp", ".args"));
        return Files.exists(file) && List.of(Files.readString(file).split("\\s+")).contains("-g");
    }

    @Test
    void everyGoodCaseParses() throws IOException {
        List<Path> scripts = Scripts.find(corpus("good"), ".stp");
        MacroSource macros = Files.isDirectory(packages().resolve("usr/share/systemtap/tapset"))
                ? libraryMacros() : MacroSource.none();
        assertThat(scripts).isNotEmpty();
        for (Path path : scripts) {
            ParseOptions options = ParseOptions.of(Scripts.ENVIRONMENT.withGuruMode(guru(path)))
                    .withArguments(arguments(path)).withMacros(macros);
            ParseResult result = Parser.parse(Scripts.read(path, false), options);
            assertThat(problems(result)).as(path.toString()).isEmpty();
            assertPrintsReadably(path, result);
        }
    }

    @Test
    void everyParseErrorOfTheBadCasesIsOneHere() throws IOException {
        int count = 0;
        for (Path path : Scripts.find(corpus("bad"), ".first")) {
            String first = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1).strip();
            Path script = path.resolveSibling(path.getFileName().toString().replace(".first", ".stp"));
            if (!first.startsWith("parse error") || first.contains("@const")) {
                continue;
            }
            ParseResult result = Parser.parse(Scripts.read(script, false),
                    ParseOptions.of(Scripts.ENVIRONMENT).withArguments(arguments(script)));
            assertThat(result.file()).as(path.toString()).isEmpty();
            String printed = problems(result);
            assertThat(printed).as(path.toString()).contains(script.getFileName() + ":");
            assertThat(printed.lines().findFirst().orElseThrow()).as(path.toString()).startsWith(
                    first.endsWith(",") ? first.substring(0, first.length() - 1) : first);
            count++;
        }
        assertThat(count).isGreaterThan(30);
    }

    @Test
    void casesThatPassTheRealParserPassThisOne() throws IOException {
        for (Path path : Scripts.find(corpus("bad"), ".first")) {
            String first = Files.readString(path, StandardCharsets.ISO_8859_1).strip();
            Path script = path.resolveSibling(path.getFileName().toString().replace(".first", ".stp"));
            if (first.isEmpty() || first.startsWith("semantic error")) {
                ParseResult result = Parser.parse(Scripts.read(script, false),
                        ParseOptions.of(Scripts.ENVIRONMENT).withArguments(arguments(script)));
                assertThat(problems(result)).as(path.toString()).isEmpty();
            }
        }
    }

    @Test
    void theNetworkScriptsParse() throws IOException {
        Path folder = Scripts.conformance().resolveSibling("network-guide");
        assumeTrue(Files.isDirectory(folder), "skipped: there are no network scripts at " + folder);
        List<Path> scripts = Scripts.find(folder, ".stp");
        assertThat(scripts).hasSize(4);
        for (Path path : scripts) {
            ParseResult result = Parser.parse(Scripts.read(path, false), ParseOptions.of(Scripts.ENVIRONMENT));
            assertThat(problems(result)).as(path.toString()).isEmpty();
            assertPrintsReadably(path, result);
        }
    }
}
