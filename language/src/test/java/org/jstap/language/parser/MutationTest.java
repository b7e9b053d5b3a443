package org.jstap.language.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jstap.language.diagnostic.DiagnosticPrinter;
import org.jstap.language.lexer.Lexer;
import org.jstap.language.lexer.Token;
import org.jstap.language.source.SourceFile;
import org.jstap.language.tree.TreePrinter;
import org.junit.jupiter.api.Test;

/**
 * Damaged scripts must end in a tree or in diagnostics that can be printed, never in an exception. The seed is fixed; the
 * system property {@code jstap.mutations} raises the number.
 */
class MutationTest {
    private static final String SEED_SCRIPT = """
            @define twice(x) %( (@x + @x) %)
            global a%[10], s, t = "text"
            private function f:string(x:long, y) { if (x > 1) return sprintf("%-5d %s\\n", x, y) else next }
            probe my.{one, two} = kernel.function("vfs_*@fs/*.c").call ?, timer.ms(100)! { v = $file->f_path[1]$$ }, { w++ }
            probe my.* if (t == "text" && !x) {
              a[pid(), execname()] <<< @cast($x, "struct sock", "kernel")->sk_num * @twice(2)
              foreach (v = [i+, j] in a[*, "x"] limit 10) { delete a[i, j]; try { error("x") } catch (e) { println(e) } }
              %( kernel_v >= "6.1" && arch == "x86_64" %? print(@hist_log(s)) %: s <<< -1 >> 3 %)
              for (i = 0; i < 10; i++) while (i in a) { break continue } ; x = a ? b : c . "d" =~ "re[g]" // end
            }
            """;

    private static List<String> seeds() throws IOException {
        List<String> seeds = new ArrayList<>(List.of(SEED_SCRIPT));
        for (String folder : List.of("good", "bad")) {
            Path path = Scripts.conformance().resolve(folder);
            if (Files.isDirectory(path)) {
                for (Path script : Scripts.find(path, ".stp")) {
                    seeds.add(new String(Files.readAllBytes(script), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return seeds;
    }

    private static List<String> tokens(String text) {
        Lexer lexer = new Lexer(new SourceFile("x", text));
        List<String> tokens = new ArrayList<>();
        for (Token token = lexer.next(); !token.isEnd(); token = lexer.next()) {
            tokens.add(token.span().text());
        }
        return tokens;
    }

    private static String mutateBytes(Random random, String text, String other) {
        StringBuilder out = new StringBuilder(text);
        for (int n = random.nextInt(1, 4); n > 0 && !out.isEmpty(); n--) {
            int at = random.nextInt(out.length());
            int end = Math.min(out.length(), at + random.nextInt(1, 20));
            switch (random.nextInt(5)) {
                case 0 -> out.setCharAt(at, (char) random.nextInt(256));
                case 1 -> out.delete(at, end);
                case 2 -> out.insert(at, out.substring(at, end).repeat(random.nextInt(1, 200)));
                case 3 -> out.setLength(at);
                default -> out.insert(at, other, 0, Math.min(other.length(), 40));
            }
        }
        return out.toString();
    }

    private static String mutateTokens(Random random, List<String> tokens, List<String> other) {
        List<String> out = new ArrayList<>(tokens);
        for (int n = random.nextInt(1, 5); n > 0 && !out.isEmpty(); n--) {
            int at = random.nextInt(out.size());
            switch (random.nextInt(4)) {
                case 0 -> out.remove(at);
                case 1 -> out.add(at, out.get(random.nextInt(out.size())));
                case 2 -> out.set(at, other.isEmpty() ? "%(" : other.get(random.nextInt(other.size())));
                default -> {
                    String token = out.get(at);
                    for (int i = random.nextInt(1, 500); i > 0; i--) {
                        out.add(at, token);
                    }
                }
            }
        }
        return String.join(random.nextBoolean() ? " " : "", out);
    }

    @Test
    void damagedScriptsGiveDiagnosticsAndNothingElse() throws IOException {
        int count = Integer.getInteger("jstap.mutations", 5_000);
        Random random = new Random(20_240_601);
        List<String> seeds = seeds();
        List<List<String>> tokens = seeds.stream().map(MutationTest::tokens).toList();
        ParseOptions options = ParseOptions.of(Scripts.ENVIRONMENT.withGuruMode(true)).withArguments(List.of("1", "a b"));
        int parsed = 0;
        int refused = 0;
        for (int i = 0; i < count; i++) {
            int seed = random.nextInt(seeds.size());
            int other = random.nextInt(seeds.size());
            String text = random.nextBoolean() ? mutateBytes(random, seeds.get(seed), seeds.get(other))
                    : mutateTokens(random, tokens.get(seed), tokens.get(other));
            try {
                ParseResult result = Parser.parse(new SourceFile("mutant.stp", text), options);
                if (result.file().isPresent()) {
                    parsed++;
                    assertThat(TreePrinter.print(result.file().get())).isNotNull();
                } else {
                    refused++;
                    assertThat(DiagnosticPrinter.print(result.diagnostics())).contains("mutant.stp:");
                }
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("mutant " + i + " of seed " + seed + ":\n" + text, e);
            }
        }
        assertThat(refused).isGreaterThan(count / 10);
        assertThat(parsed).isGreaterThan(count / 50);
    }
}
