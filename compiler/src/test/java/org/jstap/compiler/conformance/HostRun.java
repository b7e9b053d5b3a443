package org.jstap.compiler.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.compiler.analysis.Analyser;
import org.jstap.compiler.analysis.AnalysisOptions;
import org.jstap.compiler.analysis.AnalysisResult;
import org.jstap.compiler.host.FakeServices;
import org.jstap.compiler.host.Lifecycle;
import org.jstap.compiler.host.Limits;
import org.jstap.compiler.host.store.GlobalStorage;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.lower.Lowering;
import org.jstap.compiler.tapset.Tapset;
import org.jstap.language.diagnostic.DiagnosticPrinter;
import org.jstap.language.parser.ParseOptions;
import org.jstap.language.parser.ParseResult;
import org.jstap.language.parser.Parser;
import org.jstap.language.preprocess.PreprocessorEnvironment;
import org.jstap.language.source.SourceFile;

/** A script from its text to its end, on the host target, within the JVM. */
final class HostRun {
    private HostRun() { }

    /** Output, exit status, and the lines on standard error. */
    record Outcome(String output, int status, String messages) { }

    /** Runs a script without options. */
    static Outcome run(String text) {
        return run(text, Map.of());
    }

    /** Runs a script with {@code -D} definitions. */
    static Outcome run(String text, Map<String, String> definitions) {
        return run(new SourceFile("a.stp", text), definitions, Map.of(), false, Lifecycle.Options.DEFAULT, List.of());
    }

    static Outcome run(SourceFile source, Map<String, String> definitions, Map<String, String> globals, boolean guru,
                       Lifecycle.Options options, List<String> arguments) {
        PreprocessorEnvironment environment = PreprocessorEnvironment.of("6.12.0", "x86_64").withGuruMode(guru);
        Tapset tapset = new Tapset(environment, List.of(), arguments);
        ParseResult parsed = Parser.parse(source, new ParseOptions(environment, tapset.macros(), arguments));
        assertThat(parsed.file()).as("parsed: %s", DiagnosticPrinter.print(parsed.diagnostics())).isPresent();
        AnalysisResult analysed = Analyser.analyse(List.of(parsed.file().get()), tapset, new NoKernel(),
                new AnalysisOptions(guru, globals, false, Optional.empty()));
        assertThat(analysed.program()).as("analysed: %s", DiagnosticPrinter.print(analysed.diagnostics())).isPresent();
        IrProgram program = Lowering.lower(analysed.program().get());
        Limits limits = Limits.of(definitions, program);
        FakeServices services = new FakeServices();
        StringBuilder messages = new StringBuilder();
        Lifecycle lifecycle = new Lifecycle(program, limits, GlobalStorage.inJvm(program.globals(), limits), services,
                line -> messages.append(line).append('\n'), options);
        if (lifecycle.start()) {
            lifecycle.finish();
        }
        for (String warning : services.warnings()) {
            messages.append("WARNING: ").append(warning).append('\n');
        }
        return new Outcome(services.output(), lifecycle.status(), messages.toString());
    }
}
