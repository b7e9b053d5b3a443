package org.jstap.ebpf.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jstap.ebpf.spec.LinkSpec;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.testing.LiveKernel;

class FeatureTestsLiveTest {

    private SystemCalls sys;
    private FeatureTests tests;

    @BeforeEach
    void open() {
        sys = LiveKernel.require();
        tests = new FeatureTests(sys);
    }

    @Test
    void claimedVersionsAreNotContradicted() {
        KernelInfo kernel = tests.kernel();
        List<String> contradictions = new ArrayList<>();
        for (Feature feature : Features.all()) {
            FeatureState state = tests.test(feature);
            boolean old = !kernel.version().isAtLeast(feature.since());
            if (state instanceof FeatureState.Available && old) {
                contradictions.add(feature + " works before " + feature.since());
            }
            // A feature with a build option, or one that patches functions, may be missing on a new kernel.
            boolean optional = feature.config().isPresent();
            if (state instanceof FeatureState.Missing(String reason) && !old && !optional) {
                contradictions.add(feature + " is missing: " + reason);
            }
        }
        assertThat(contradictions).isEmpty();
    }

    @Test
    void explainsWhyFunctionsCannotBeProbed() {
        Assumptions.assumeTrue(
                tests.kernel().config().isPresent(), "skipped: the kernel's configuration is not known");
        boolean kprobes = tests.kernel().config().get().isSet("CONFIG_KPROBE_EVENTS");
        Optional<String> why = tests.explain(new LinkSpec.Kprobe(new LinkSpec.Symbol("vfs_read"), 0, 0));
        if (kprobes) {
            assertThat(why).isEmpty();
        } else {
            assertThat(why.orElseThrow())
                    .isEqualTo("this kernel (" + tests.kernel().release()
                            + ") has no kprobes: it was built without CONFIG_KPROBE_EVENTS; when tried,"
                            + " open(/sys/bus/event_source/devices/kprobe/type) answered ENOENT (no such file, object or element)");
        }
    }

    @Test
    void explainsNothingThatWorks() {
        Assumptions.assumeTrue(
                tests.test(Features.RAW_TRACEPOINTS) instanceof FeatureState.Available, "skipped: no raw tracepoints here");
        assertThat(tests.explain(new LinkSpec.RawTracepoint("no_such_tracepoint", 0))).isEmpty();
        assertThat(tests.explain(Features.RING_BUFFER)).isEmpty();
    }

    @Test
    void knowsTheKernelAndThisProcess() {
        KernelInfo kernel = KernelInfo.read(sys);
        assertThat(kernel.release()).isEqualTo(System.getProperty("os.version"));
        assertThat(kernel.version().major()).isGreaterThanOrEqualTo(4);
        assertThat(kernel.capabilities().bpf()).isTrue();
    }
}
