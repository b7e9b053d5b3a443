package org.jstap.symbols.dwarf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jstap.symbols.elf.ElfFile;
import org.jstap.symbols.elf.ElfFormatException;
import org.jstap.symbols.elf.ElfSection;
import org.jstap.symbols.elf.ElfSymbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DwarfReaderTest {
    static Path fixture(String name) {
        try {
            return Path.of(DwarfReaderTest.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, DwarfFunction> functions(Path file) throws IOException {
        Map<String, DwarfFunction> byName = new LinkedHashMap<>();
        try (ElfFile elf = ElfFile.open(file)) {
            DwarfReader reader = new DwarfReader(elf);
            assertThat(reader.hasDebugInfo()).isTrue();
            reader.forEachFunction(function -> byName.merge(function.name(), function, (a, b) -> b.hasCode() ? b : a));
        }
        return byName;
    }

    @ParameterizedTest
    @ValueSource(strings = {"dwarf4.o", "dwarf5.o", "dwarf5-compressed.o", "dwarf5-linked"})
    void functionsAreListedWithWhereTheyAreDeclared(String name) throws IOException {
        Map<String, DwarfFunction> functions = functions(fixture(name));
        assertThat(functions.keySet()).containsExactlyInAnyOrder(
                "from_header", "both_ways", "only_inlined", "plain_static", "two_ranges", "global_function");
        DwarfFunction header = functions.get("from_header");
        assertThat(header.file()).endsWith("helper.h").doesNotStartWith("functions");
        assertThat(header.line()).isEqualTo(2);
        assertThat(header.hasCode()).isTrue();
        DwarfFunction plain = functions.get("plain_static");
        assertThat(plain.file()).endsWith("functions.c");
        assertThat(plain.unit()).endsWith("functions.c");
        assertThat(plain.line()).isEqualTo(18);
        assertThat(plain.external()).isFalse();
        assertThat(plain.inlined()).isFalse();
        assertThat(functions.get("two_ranges").line()).isEqualTo(24);
        assertThat(functions.get("two_ranges").external()).isTrue();
        assertThat(functions.get("two_ranges").hasCode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dwarf4.o", "dwarf5.o", "dwarf5-linked"})
    void inlinedFunctionsAreMarked(String name) throws IOException {
        Map<String, DwarfFunction> functions = functions(fixture(name));
        DwarfFunction both = functions.get("both_ways");
        assertThat(both.inlined()).isTrue();
        assertThat(both.hasCode()).isTrue();
        assertThat(both.line()).isEqualTo(7);
        assertThat(both.file()).endsWith("functions.c");
        assertThat(functions.get("only_inlined").inlined()).isTrue();
        assertThat(functions.get("only_inlined").hasCode()).isFalse();
        assertThat(functions.get("only_inlined").address()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dwarf4.o", "dwarf5.o", "dwarf5-compressed.o", "dwarf5-linked"})
    void addressesAreThoseOfTheSymbols(String name) throws IOException {
        Map<String, Long> symbols = new HashMap<>();
        try (ElfFile elf = ElfFile.open(fixture(name))) {
            for (ElfSymbol symbol : elf.symbols()) {
                if (symbol.isFunction() && symbol.isDefined()) {
                    symbols.put(symbol.name(), symbol.value());
                }
            }
        }
        assertThat(symbols).containsKeys("two_ranges", "both_ways");
        for (DwarfFunction function : functions(fixture(name)).values()) {
            if (function.hasCode()) {
                assertThat(function.address()).as(function.name()).isEqualTo(symbols.get(function.name()));
            }
        }
    }

    @Test
    void indicesInPlaceOfOffsets() throws IOException {
        Map<String, DwarfFunction> functions = functions(fixture("indexed.o"));
        assertThat(functions.keySet()).containsExactly("first", "second");
        assertThat(functions.get("first"))
                .isEqualTo(new DwarfFunction("dir/indexed.c", "first", "dir/inner.h", 12, 0, true, true, false));
        assertThat(functions.get("second"))
                .isEqualTo(new DwarfFunction("dir/indexed.c", "second", "dir/inner.h", 300, 16, true, false, true));
    }

    @Test
    void aFileWithoutDebugInformationHasNoFunctions(@TempDir Path dir) throws IOException {
        byte[] empty = new byte[64];
        ByteBuffer.wrap(empty).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1);
        try (ElfFile elf = ElfFile.open(Files.write(dir.resolve("empty"), empty))) {
            DwarfReader reader = new DwarfReader(elf);
            assertThat(reader.hasDebugInfo()).isFalse();
            reader.forEachFunction(function -> {
                throw new AssertionError(function);
            });
        }
    }

    @Test
    void damagedDebugInformationIsSaid(@TempDir Path dir) throws IOException {
        byte[] bytes = Files.readAllBytes(fixture("dwarf5-linked"));
        try (ElfFile elf = ElfFile.open(fixture("dwarf5-linked"))) {
            ElfSection info = elf.section(".debug_info").orElseThrow();
            Arrays.fill(bytes, (int) info.offset() + 12, (int) info.offset() + 80, (byte) 0x7f);
        }
        Path damaged = Files.write(dir.resolve("damaged"), bytes);
        try (ElfFile elf = ElfFile.open(damaged)) {
            DwarfReader reader = new DwarfReader(elf);
            assertThatThrownBy(() -> reader.forEachFunction(function -> { })).isInstanceOf(ElfFormatException.class)
                    .hasMessageContaining("damaged");
        }
    }
}
