package org.jstap.compiler.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jstap.compiler.host.store.GlobalStorage;
import org.jstap.compiler.ir.IrProgram;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private static final IrProgram EMPTY = new IrProgram(List.of(), List.of(), List.of(), List.of());

    private final List<String> lines = new ArrayList<>();

    @Test
    void skippedHandlersEndTheSessionOnlyWhenThereAreTooMany() {
        Lifecycle lifecycle = lifecycle(Map.of("MAXSKIPPED", "10"), Lifecycle.Options.DEFAULT);
        lifecycle.skip(10);
        assertThat(lifecycle.hasFailed()).isFalse();
        lifecycle.skip(1);
        assertThat(lifecycle.hasFailed()).isTrue();
        lifecycle.finish();
        assertThat(lines).containsExactly("ERROR: Skipped too many probes (11), check MAXSKIPPED (10)",
                "WARNING: Number of errors: 0, skipped probes: 11");
        assertThat(lifecycle.status()).isEqualTo(1);
    }

    @Test
    void errorsAreToldAndCountedUpToTheLimit() {
        Lifecycle lifecycle = lifecycle(Map.of("MAXERRORS", "1"), Lifecycle.Options.DEFAULT);
        lifecycle.report("ERROR: one");
        assertThat(lifecycle.hasFailed()).isFalse();
        assertThat(lifecycle.status()).isEqualTo(1);
        lifecycle.report("ERROR: two");
        assertThat(lifecycle.hasFailed()).isTrue();
        lifecycle.finish();
        assertThat(lines).containsExactly("ERROR: one", "ERROR: two", "WARNING: Number of errors: 2, skipped probes: 0");
    }

    @Test
    void suppressedErrorsAreOnlyCounted() {
        Lifecycle lifecycle = lifecycle(Map.of(), new Lifecycle.Options(true, true, true));
        lifecycle.report("ERROR: one");
        lifecycle.skip(1000);
        lifecycle.finish();
        assertThat(lines).containsExactly("WARNING: Number of errors: 1, skipped probes: 1000");
        assertThat(lifecycle.status()).isZero();
    }

    @Test
    void withoutWarningsNothingIsSummedUp() {
        Lifecycle lifecycle = lifecycle(Map.of(), new Lifecycle.Options(false, true, false));
        lifecycle.report("ERROR: one");
        lifecycle.finish();
        assertThat(lines).containsExactly("ERROR: one");
    }

    @Test
    void limitsComeFromDefinitions() {
        Limits limits = Limits.of(Map.of("MAXACTION", "0x10", "HIST_ELISION", "-1", "MAXMAPENTRIES", "many"), EMPTY);
        assertThat(limits.maxAction()).isEqualTo(16);
        assertThat(limits.histogramElision()).isEqualTo(-1);
        assertThat(limits.maxMapEntries()).isEqualTo(2048);
        assertThat(limits.textBytes()).isEqualTo(511);
        assertThat(limits.fileBytes()).isEqualTo(512);
        assertThat(Limits.of(Map.of("MAXSTRINGLEN", "64"), EMPTY).fileBytes()).isEqualTo(64);
        assertThat(Limits.of(Map.of("STP_PROCFS_BUFSIZE", "4096"), EMPTY).fileBytes()).isEqualTo(4096);
    }

    private Lifecycle lifecycle(Map<String, String> definitions, Lifecycle.Options options) {
        Limits limits = Limits.of(definitions, EMPTY);
        return new Lifecycle(EMPTY, limits, GlobalStorage.inJvm(List.of(), limits), new FakeServices(), lines::add, options);
    }
}
