package org.jstap.symbols.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ProcedureLinkageTest {
    private static final Path PROGRAM = Path.of("/bin/ls");

    @Test
    void eachFunctionThatAProgramCallsHasOneEntryInItsCode() throws IOException {
        Assumptions.assumeTrue(Files.exists(PROGRAM), "skipped: there is no " + PROGRAM);
        try (ElfFile file = ElfFile.open(PROGRAM)) {
            Assumptions.assumeTrue(ProcedureLinkage.isKnown(file), "skipped: not for this processor");
            Assumptions.assumeTrue(file.section(".rela.plt").isPresent(), "skipped: the program has no linkage table");
            long called = file.section(".rela.plt").orElseThrow().size() / 24;
            assertThat(ProcedureLinkage.entries(file)).hasSizeGreaterThanOrEqualTo((int) called)
                    .extracting(ProcedureLinkage.Entry::name).contains("malloc").doesNotHaveDuplicates().noneMatch(String::isEmpty);
            assertThat(ProcedureLinkage.entries(file)).extracting(ProcedureLinkage.Entry::offset).doesNotHaveDuplicates()
                    .allMatch(offset -> offset > 0 && offset < PROGRAM.toFile().length());
        }
    }
}
