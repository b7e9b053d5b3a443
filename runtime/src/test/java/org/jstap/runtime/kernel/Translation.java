package org.jstap.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.compiler.analysis.Analyser;
import org.jstap.compiler.analysis.AnalysisOptions;
import org.jstap.compiler.analysis.AnalysisResult;
import org.jstap.compiler.host.Limits;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.kernel.KernelPlan;
import org.jstap.compiler.kernel.Placement;
import org.jstap.compiler.kernel.RunIn;
import org.jstap.compiler.kernel.emit.KernelTarget;
import org.jstap.compiler.lower.Lowering;
import org.jstap.compiler.probe.FoundFunction;
import org.jstap.compiler.probe.KernelView;
import org.jstap.compiler.tapset.Tapset;
import org.jstap.ebpf.btf.Btf;
import org.jstap.language.diagnostic.DiagnosticPrinter;
import org.jstap.language.parser.ParseOptions;
import org.jstap.language.parser.ParseResult;
import org.jstap.language.parser.Parser;
import org.jstap.language.preprocess.PreprocessorEnvironment;
import org.jstap.language.source.SourceFile;

/**
 * A script up to pass 4.
 *
 * @param target what of it runs in the kernel, with every program emitted once; absent where all handlers run on the JVM
 */
record Translation(IrProgram program, Limits limits, Optional<KernelTarget> target) {
    /** @param definitions as of {@code -D} */
    static Translation of(String script, RunIn runIn, Map<String, String> definitions) {
        PreprocessorEnvironment environment = PreprocessorEnvironment.of("6.18.0", "x86_64");
        Tapset tapset = new Tapset(environment, List.of());
        ParseResult parsed = Parser.parse(new SourceFile("a.stp", script), new ParseOptions(environment, tapset.macros(), List.of()));
        assertThat(parsed.file()).as("parsed: %s", DiagnosticPrinter.print(parsed.diagnostics())).isPresent();
        AnalysisResult analysed = Analyser.analyse(List.of(parsed.file().get()), tapset, new NoKernel(), AnalysisOptions.DEFAULT);
        assertThat(analysed.program()).as("analysed: %s", DiagnosticPrinter.print(analysed.diagnostics())).isPresent();
        IrProgram program = Lowering.lower(analysed.program().get());
        Limits limits = Limits.of(definitions, program);
        KernelPlan plan = Placement.plan(program, new org.jstap.compiler.kernel.Limits(limits.maxStringLength(), limits.maxMapEntries(),
                (int) limits.maxAction(), limits.maxNesting(), limits.maxErrors(), 1 << 20), runIn);
        if (plan.isEmpty()) {
            return new Translation(program, limits, Optional.empty());
        }
        KernelTarget target = new KernelTarget(plan);
        target.emitFirst();
        return new Translation(program, limits, Optional.of(target));
    }

    /** Nothing to probe, so that a script means the same everywhere. */
    private static final class NoKernel implements KernelView {
        @Override
        public String release() {
            return "6.18.0";
        }

        @Override
        public Optional<Btf> btf() {
            return Optional.empty();
        }

        @Override
        public List<FoundFunction> functions(String module, String name, String file) {
            return List.of();
        }

        @Override
        public Iterable<String> functionNames() {
            return List.of();
        }

        @Override
        public boolean isExported(String function) {
            return false;
        }

        @Override
        public List<String> tracepoints(String system, String name) {
            return List.of();
        }

        @Override
        public int ticksPerSecond() {
            return 250;
        }
    }
}
