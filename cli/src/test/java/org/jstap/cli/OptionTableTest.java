package org.jstap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every option of stap has a decision here. */
class OptionTableTest {
    private static final Path REFERENCE = Path.of("../../shared/reference/options.tsv");

    @Test
    void everyOptionOfStapIsKnown() throws IOException {
        Assumptions.assumeTrue(Files.exists(REFERENCE), "skipped: the reference table of stap's options is not there");
        List<String> unknown = new ArrayList<>();
        List<String> lines = Files.readAllLines(REFERENCE);
        for (String line : lines.subList(1, lines.size())) {
            for (String name : line.split("\t")[0].split(", ")) {
                boolean known = name.equals("-") || name.equals("--")
                        || (name.startsWith("--") ? StapOption.ofWord(name.substring(2)).isPresent()
                        : StapOption.ofLetter(name.charAt(1)).isPresent());
                if (!known) {
                    unknown.add(name);
                }
            }
        }
        assertThat(lines.size()).isGreaterThan(50);
        assertThat(unknown).isEmpty();
    }

    @Test
    void noNameStandsForTwoOptions() {
        List<String> names = new ArrayList<>();
        for (StapOption option : StapOption.values()) {
            if (!option.word().isEmpty()) {
                names.add(option.word());
                assertThat(StapOption.ofWord(option.word())).contains(option);
            }
        }
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void helpNamesEveryLetterThatIsHonoured() {
        for (StapOption option : StapOption.values()) {
            if (option.treatment() == StapOption.Treatment.HONOURED && option.spelling().length() == 2) {
                assertThat(Help.TEXT).contains(option.spelling() + " ");
            }
        }
    }
}
