package org.jstap.compiler.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that leads from a section of the language reference to classes and cases names what is there. */
class LanguageMapTest {
    private static final Path PROJECT = Path.of("..");
    private static final Path PAGE = PROJECT.resolve(Path.of("docs", "language-map.md"));
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");

    @Test
    void everyClassNamedIsThere() throws IOException {
        Set<String> classes;
        try (Stream<Path> files = Files.walk(PROJECT, 12)) {
            classes = files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length())).collect(Collectors.toSet());
        }
        List<String> lost = new ArrayList<>();
        Matcher named = CLASS.matcher(Files.readString(PAGE));
        while (named.find()) {
            if (!classes.contains(named.group(1)) && !named.group(1).equals("SECTION")) {
                lost.add(named.group(1));
            }
        }
        assertThat(lost).isEmpty();
    }

    @Test
    void everySectionWithCasesIsNamed() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String line : Files.readAllLines(PAGE)) {
            String[] columns = line.split("\\|");
            if (columns.length == 7) {
                named.addAll(List.of(columns[6].strip().split(", ")));
            }
        }
        Set<String> sections = new TreeSet<>();
        for (String folder : List.of("good", "bad")) {
            try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "cases", folder))) {
                files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".stp"))
                        .forEach(name -> sections.add(name.substring(0, name.indexOf('-'))));
            }
        }
        assertThat(sections).hasSizeGreaterThan(40);
        assertThat(named).containsAll(sections);
    }
}
