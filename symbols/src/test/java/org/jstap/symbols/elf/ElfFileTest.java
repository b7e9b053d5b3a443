package org.jstap.symbols.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfFileTest {
    private static Path fixture(String name) {
        try {
            return Path.of(ElfFileTest.class.getResource("/org/jstap/symbols/dwarf/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void sectionsAndSymbols() throws IOException {
        try (ElfFile elf = ElfFile.open(fixture("dwarf5-linked"))) {
            assertThat(elf.isRelocatable()).isFalse();
            assertThat(elf.section(".text")).hasValueSatisfying(text -> {
                assertThat(text.address()).isNotZero();
                assertThat(text.size()).isPositive();
            });
            assertThat(elf.section(".nothing")).isEmpty();
            List<ElfSymbol> symbols = elf.symbols();
            assertThat(symbols).filteredOn(s -> s.name().equals("two_ranges")).singleElement().satisfies(s -> {
                assertThat(s.isFunction()).isTrue();
                assertThat(s.isGlobal()).isTrue();
                assertThat(s.isDefined()).isTrue();
                assertThat(s.size()).isPositive();
            });
            assertThat(symbols).filteredOn(s -> s.name().equals("plain_static")).singleElement()
                    .satisfies(s -> assertThat(s.isGlobal()).isFalse());
        }
    }

    @Test
    void theBuildIdIsTheNoteOfTheLinker() throws IOException {
        try (ElfFile elf = ElfFile.open(fixture("dwarf5-linked"))) {
            assertThat(elf.buildId()).hasValueSatisfying(id -> assertThat(id).matches("[0-9a-f]{40}"));
            assertThat(elf.notes()).anySatisfy(note -> assertThat(note.owner()).isEqualTo("GNU"));
        }
        try (ElfFile elf = ElfFile.open(fixture("dwarf5.o"))) {
            assertThat(elf.buildId()).isEmpty();
        }
    }

    @Test
    void compressedSectionsAreInflated() throws IOException {
        try (ElfFile plain = ElfFile.open(fixture("dwarf5.o"));
                ElfFile compressed = ElfFile.open(fixture("dwarf5-compressed.o"))) {
            ElfSection stored = compressed.section(".debug_info").orElseThrow();
            assertThat(stored.isCompressed()).isTrue();
            ByteBuffer inflated = compressed.content(stored);
            assertThat((long) inflated.limit()).isGreaterThan(stored.size())
                    .isEqualTo(plain.section(".debug_info").orElseThrow().size());
        }
    }

    @Test
    void relocationsAreApplied() throws IOException {
        try (ElfFile elf = ElfFile.open(fixture("dwarf5.o"))) {
            assertThat(elf.isRelocatable()).isTrue();
            ElfSection info = elf.section(".debug_info").orElseThrow();
            assertThat(elf.relocated(info)).isNotEqualTo(elf.content(info));
            assertThat(elf.relocated(info).limit()).isEqualTo(elf.content(info).limit());
        }
    }

    @Test
    void whatIsNoElfFileIsRefused(@TempDir Path dir) throws IOException {
        Path text = Files.writeString(dir.resolve("text"), "#!/bin/sh\n".repeat(20));
        assertThatThrownBy(() -> ElfFile.open(text)).isInstanceOf(ElfFormatException.class)
                .hasMessageContaining("not an ELF file").hasMessageContaining("text");
        Path empty = Files.createFile(dir.resolve("short"));
        assertThatThrownBy(() -> ElfFile.open(empty)).isInstanceOf(ElfFormatException.class)
                .hasMessageContaining("too short");
        byte[] bytes = Files.readAllBytes(fixture("dwarf5.o"));
        bytes[4] = 1;
        Path narrow = Files.write(dir.resolve("elf32"), bytes);
        assertThatThrownBy(() -> ElfFile.open(narrow)).isInstanceOf(ElfFormatException.class)
                .hasMessageContaining("64-bit");
    }

    @Test
    void aCutFileIsRefused(@TempDir Path dir) throws IOException {
        byte[] bytes = Files.readAllBytes(fixture("dwarf5.o"));
        Path cut = Files.write(dir.resolve("cut"), Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> ElfFile.open(cut)).isInstanceOf(ElfFormatException.class)
                .hasMessageContaining("outside the file");
    }
}
