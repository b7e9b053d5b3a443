package org.jstap.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jstap.compiler.FixtureKernel;
import org.jstap.compiler.Scripts;
import org.jstap.compiler.lower.Lowering;
import org.jstap.compiler.tapset.Tapset;
import org.jstap.language.diagnostic.DiagnosticPrinter;
import org.jstap.language.lexer.Lexer;
import org.jstap.language.lexer.Token;
import org.jstap.language.parser.ParseOptions;
import org.jstap.language.parser.ParseResult;
import org.jstap.language.parser.Parser;
import org.jstap.language.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Damaged scripts go through passes 1 to 3 with diagnostics and nothing else, and to an end. The system property {@code
 * jstap.mutations} says how many are tried, {@code jstap.seed} with which seed.
 */
class MutatedScriptsTest {
    private static final Path OWN = Path.of("src", "test", "resources", "cases");
    private static final Path CORPUS = Path.of("..", "..", "shared", "conformance");

    private final FixtureKernel kernel = new FixtureKernel();

    private static List<List<String>> seeds() throws IOException {
        List<List<String>> seeds = new ArrayList<>();
        for (Path folder : List.of(OWN.resolve("good"), OWN.resolve("bad"), CORPUS.resolve("good"), CORPUS.resolve("bad"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".stp")).sorted().toList()) {
                        seeds.add(tokens(Files.readString(file, StandardCharsets.ISO_8859_1)));
                    }
                }
            }
        }
        assertThat(seeds).hasSizeGreaterThan(100);
        return seeds;
    }

    private static List<String> tokens(String text) {
        Lexer lexer = new Lexer(new SourceFile("seed.stp", text));
        List<String> tokens = new ArrayList<>();
        for (Token token = lexer.next(); !token.isEnd(); token = lexer.next()) {
            tokens.add(token.span().text());
        }
        return tokens;
    }

    private static String mutant(Random random, List<List<String>> seeds) {
        List<String> out = new ArrayList<>(seeds.get(random.nextInt(seeds.size())));
        List<String> other = seeds.get(random.nextInt(seeds.size()));
        for (int n = random.nextInt(1, 4); n > 0 && !out.isEmpty(); n--) {
            int at = random.nextInt(out.size());
            int end = Math.min(out.size(), at + random.nextInt(1, 12));
            switch (random.nextInt(6)) {
                case 0 -> out.remove(at);
                case 1 -> out.add(at, out.get(random.nextInt(out.size())));
                case 2 -> out.set(at, out.get(random.nextInt(out.size())));
                case 3 -> out.addAll(at, new ArrayList<>(out.subList(at, end)));
                case 4 -> {
                    if (!other.isEmpty()) {
                        int from = random.nextInt(other.size());
                        out.addAll(at, other.subList(from, Math.min(other.size(), from + random.nextInt(1, 12))));
                    }
                }
                default -> out.subList(at, end).clear();
            }
        }
        String text = String.join(" ", out);
        if (random.nextInt(8) == 0 && !text.isEmpty()) {
            int at = random.nextInt(text.length());
            text = text.substring(0, at) + (char) random.nextInt(256) + text.substring(at + 1);
        }
        return text;
    }

    /** Whether a script reached its end as a program. */
    private boolean translates(String text) {
        Tapset tapset = new Tapset(Scripts.ENVIRONMENT, List.of());
        ParseResult parsed = Parser.parse(new SourceFile("mutant.stp", text),
                new ParseOptions(Scripts.ENVIRONMENT.withGuruMode(true), tapset.macros(), List.of("1", "x")));
        if (parsed.file().isEmpty()) {
            assertThat(DiagnosticPrinter.print(parsed.diagnostics())).contains("mutant.stp:");
            return false;
        }
        AnalysisResult analysed = Analyser.analyse(List.of(parsed.file().get()), tapset, kernel, AnalysisOptions.DEFAULT);
        if (analysed.program().isEmpty()) {
            assertThat(DiagnosticPrinter.print(analysed.diagnostics())).contains("error: ");
            return false;
        }
        assertThat(ProgramPrinter.print(analysed.program().get())).isNotEmpty();
        assertThat(Lowering.lower(analysed.program().get()).handlers()).isNotEmpty();
        return true;
    }

    /** A mutant that does not end is no better than one that fails; all together take seconds. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void damagedScriptsGiveDiagnosticsAndNothingElse() throws IOException {
        int count = Integer.getInteger("jstap.mutations", 5_000);
        Random random = new Random(Long.getLong("jstap.seed", 20_261_125L));
        List<List<String>> seeds = seeds();
        int translated = 0;
        for (int i = 0; i < count; i++) {
            String text = mutant(random, seeds);
            try {
                translated += translates(text) ? 1 : 0;
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                throw new AssertionError("mutant " + i + ":\n" + text, e);
            }
        }
        assertThat(translated).isBetween(count / 50, count);
    }
}
