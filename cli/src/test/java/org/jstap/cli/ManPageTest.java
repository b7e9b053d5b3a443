package org.jstap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManPageTest {
    private static final Path PAGE = Path.of("..", "man", "jstap.1");

    @ParameterizedTest
    @EnumSource(StapOption.class)
    void everyOptionIsInTheManualPage(StapOption option) throws IOException {
        Assumptions.assumeTrue(Files.isRegularFile(PAGE), "skipped: the module is not beside the project's man page");
        String page = Files.readString(PAGE).replace("\\-", "-");
        assertThat(page).containsPattern("[ ,RBI]" + option.spelling() + "(?![\\w-])");
        if (option.treatment() != StapOption.Treatment.HONOURED) {
            assertThat(page.toLowerCase()).contains(option.text().replace("\\", "\\\\").toLowerCase());
        }
    }
}
