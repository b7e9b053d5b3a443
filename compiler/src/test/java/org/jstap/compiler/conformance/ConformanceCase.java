package org.jstap.compiler.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jstap.compiler.host.Lifecycle;

/** One case of the corpus: files {@code NAME.stp}, {@code .args}, {@code .out}, {@code .err}, {@code .rc}. */
record ConformanceCase(Path script, Map<String, String> definitions, Map<String, String> globals, boolean guru,
                       Lifecycle.Options options, List<String> arguments) {

    static ConformanceCase read(Path script) throws IOException {
        List<String> words = words(sibling(script, ".args"));
        int own = words.indexOf("{}");
        Map<String, String> definitions = new HashMap<>();
        Map<String, String> globals = new HashMap<>();
        boolean guru = false;
        boolean suppress = false;
        for (int i = 0; i < own; i++) {
            String word = words.get(i);
            if (word.equals("-g")) {
                guru = true;
            } else if (word.equals("--suppress-handler-errors")) {
                suppress = true;
            } else if (word.startsWith("-D") || word.startsWith("-G")) {
                String definition = word.length() > 2 ? word.substring(2) : words.get(++i);
                int equals = definition.indexOf('=');
                (word.startsWith("-D") ? definitions : globals).put(definition.substring(0, equals),
                        definition.substring(equals + 1));
            } else {
                throw new IOException("option that this test does not know: " + word);
            }
        }
        return new ConformanceCase(script, definitions, globals, guru, new Lifecycle.Options(suppress, true, true),
                own < 0 ? List.of() : words.subList(own + 1, words.size()));
    }

    String name() {
        String file = script.getFileName().toString();
        return file.substring(0, file.length() - ".stp".length());
    }

    String expectedOutput() throws IOException {
        return sibling(script, ".out");
    }

    String expectedMessages() throws IOException {
        return sibling(script, ".err");
    }

    int expectedStatus() throws IOException {
        return Integer.parseInt(sibling(script, ".rc").strip());
    }

    private static String sibling(Path script, String ending) throws IOException {
        String name = script.toString();
        Path file = Path.of(name.substring(0, name.length() - ".stp".length()) + ending);
        return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    }

    /** Words of a line with the shell's quotes. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean any = false;
        for (char c : (line.strip() + " ").toCharArray()) {
            if (quote != 0 ? c == quote : c == '"' || c == '\'') {
                quote = quote != 0 ? 0 : c;
                any = true;
            } else if (quote == 0 && c == ' ') {
                if (any || !word.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
                any = false;
            } else {
                word.append(c);
            }
        }
        return words;
    }
}
