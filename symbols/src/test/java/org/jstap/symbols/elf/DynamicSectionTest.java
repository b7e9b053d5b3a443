package org.jstap.symbols.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class DynamicSectionTest {
    private static final Path PROGRAM = Path.of("/bin/ls");

    @Test
    void aProgramNamesTheLibrariesThatItNeeds() throws IOException {
        Assumptions.assumeTrue(Files.exists(PROGRAM), "skipped: there is no " + PROGRAM);
        try (ElfFile file = ElfFile.open(PROGRAM)) {
            Assumptions.assumeTrue(file.section(".dynamic").isPresent(), "skipped: the program is linked statically");
            assertThat(DynamicSection.of(file).needed()).anyMatch(name -> name.startsWith("libc.so")).doesNotHaveDuplicates();
        }
    }
}
