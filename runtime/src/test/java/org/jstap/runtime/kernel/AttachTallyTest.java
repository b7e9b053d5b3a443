package org.jstap.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.kernel.emit.Mechanism;
import org.jstap.compiler.kernel.emit.SiteGroup;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.compiler.program.Type;
import org.jstap.language.source.SourceFile;
import org.jstap.runtime.Complaints;
import org.jstap.runtime.ScriptOutput;
import org.junit.jupiter.api.Test;

class AttachTallyTest {
    private static final SourceFile SCRIPT = new SourceFile("t.stp", "probe one {}\nprobe two {}\n");

    private final AttachTally tally = new AttachTally();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private static SiteGroup group(String point, int offset, boolean optional, String... functions) {
        List<ProbeSite> sites = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        for (String function : functions) {
            positions.add(sites.size());
            sites.add(new ProbeSite.KernelFunction("kernel.function(\"" + function + "\").call", function, "", OptionalLong.empty(),
                    false, OptionalInt.empty(), 0));
        }
        Code code = new Code("h", List.of(), List.of(), Type.VOID, Region.EMPTY, SCRIPT.span(offset, offset + 5));
        IrHandler handler = new IrHandler(0, point, sites, optional ? Set.copyOf(positions) : Set.of(), Optional.empty(), code);
        return new SiteGroup(handler, positions, List.of(Mechanism.KPROBE));
    }

    private static AttachFailure failure(SiteGroup group, boolean defect) {
        return new AttachFailure(group, List.of(new AttachFailure.Attempt("kprobe", "answered EINVAL", defect)), List.of());
    }

    private boolean report(boolean verbose) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.ISO_8859_1);
        return tally.report(new Complaints(stream, new ScriptOutput(OutputStream.nullOutputStream()), true, verbose));
    }

    private String said() {
        return err.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatFailsForAllHandlersOfAPatternIsToldOnce() {
        tally.failed(failure(group("kernel.function(\"a*\")", 0, false, "a1"), false));
        tally.failed(failure(group("kernel.function(\"a*\")", 0, false, "a2", "a3"), false));
        tally.failed(failure(group("kernel.function(\"b*\")", 13, false, "b1"), false));
        assertThat(report(false)).isFalse();
        assertThat(said()).isEqualTo("""
                ERROR: probe kernel.function("a1").call and 2 more cannot be attached (at t.stp:1:1):
                  kprobe: answered EINVAL
                ERROR: probe kernel.function("b1").call cannot be attached (at t.stp:2:1):
                  kprobe: answered EINVAL
                """);
    }

    @Test
    void aPatternMeansWhatCanBeProbedOfIt() {
        tally.attached(group("kernel.function(\"a*\")", 0, false, "a1"), List.of());
        tally.failed(failure(group("kernel.function(\"a*\")", 0, false, "a2"), false));
        assertThat(report(true)).isTrue();
        assertThat(said()).isEqualTo("Left out, because the kernel does not let it be probed: kernel.function(\"a2\").call.\n");
    }

    @Test
    void aFunctionThatIsNamedIsNeeded() {
        tally.attached(group("kernel.function(\"a\")", 0, false, "a"), List.of());
        tally.failed(failure(group("kernel.function(\"b\")", 0, false, "b"), false));
        assertThat(report(false)).isFalse();
        assertThat(said()).startsWith("ERROR: probe kernel.function(\"b\").call cannot be attached");
    }

    @Test
    void anOptionalPointIsLeftOutWithAWarning() {
        tally.failed(failure(group("kernel.function(\"b\")?", 0, true, "b"), false));
        assertThat(report(false)).isTrue();
        assertThat(said()).startsWith("WARNING: probe kernel.function(\"b\").call is left out (at t.stp:1:1):\n  kprobe: ");
    }

    @Test
    void aProgramThatTheKernelRefusesIsAnErrorEvenWhereAFunctionMayBeMissing() {
        tally.attached(group("kernel.function(\"a*\")", 0, true, "a1"), List.of());
        tally.failed(failure(group("kernel.function(\"a*\")", 0, true, "a2"), true));
        assertThat(report(false)).isFalse();
        assertThat(said()).startsWith("ERROR: probe kernel.function(\"a2\").call").contains("a defect of jstap");
    }

    @Test
    void aProgramThatIsTooLargeForTheVerifierIsNoDefect() {
        tally.failed(new AttachFailure(group("kernel.function(\"a\")", 0, false, "a"), List.of(new AttachFailure.Attempt("kprobe",
                "the kernel refuses the program: BPF program is too large. Processed 1000001 insn", true)), List.of()));
        assertThat(report(false)).isFalse();
        assertThat(said()).contains("Make the handler smaller").doesNotContain("defect");
    }
}
