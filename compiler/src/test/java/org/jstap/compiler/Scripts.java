package org.jstap.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.analysis.Analyser;
import org.jstap.compiler.analysis.AnalysisOptions;
import org.jstap.compiler.analysis.AnalysisResult;
import org.jstap.compiler.probe.KernelView;
import org.jstap.compiler.program.Program;
import org.jstap.compiler.tapset.Tapset;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticPrinter;
import org.jstap.language.parser.ParseOptions;
import org.jstap.language.parser.ParseResult;
import org.jstap.language.parser.Parser;
import org.jstap.language.preprocess.PreprocessorEnvironment;
import org.jstap.language.source.SourceFile;
import org.jstap.language.tree.ScriptFile;

/** Passes 1 and 2 for tests. */
public final class Scripts {
    public static final PreprocessorEnvironment ENVIRONMENT = PreprocessorEnvironment.of("6.18.0", "x86_64");

    private Scripts() { }

    public static ScriptFile parse(String text, Tapset tapset) {
        ParseResult parsed = Parser.parse(new SourceFile("test.stp", text), new ParseOptions(ENVIRONMENT, tapset.macros(), List.of()));
        assertThat(parsed.file()).as("parsed: %s", DiagnosticPrinter.print(parsed.diagnostics())).isPresent();
        return parsed.file().orElseThrow();
    }

    public static AnalysisResult analyse(String text) {
        return analyse(text, new FixtureKernel(), AnalysisOptions.DEFAULT);
    }

    public static AnalysisResult analyse(String text, KernelView kernel, AnalysisOptions options) {
        Tapset tapset = new Tapset(ENVIRONMENT, List.of());
        return Analyser.analyse(List.of(parse(text, tapset)), tapset, kernel, options);
    }

    /** The program of a script without errors. */
    public static Program program(String text) {
        AnalysisResult result = analyse(text);
        assertThat(result.program()).as("analysed: %s", DiagnosticPrinter.print(result.diagnostics())).isPresent();
        return result.program().orElseThrow();
    }

    /** The errors of a script as {@code LINE:COLUMN message}. */
    public static List<String> errors(String text) {
        return errors(analyse(text));
    }

    public static List<String> errors(AnalysisResult result) {
        List<String> errors = new ArrayList<>();
        for (Diagnostic diagnostic : result.diagnostics()) {
            if (diagnostic.isError()) {
                errors.add(place(diagnostic) + diagnostic.message());
            }
        }
        return errors;
    }

    /** The warnings of a script as {@code LINE:COLUMN message}. */
    public static List<String> warnings(String text) {
        List<String> warnings = new ArrayList<>();
        for (Diagnostic diagnostic : analyse(text).diagnostics()) {
            if (!diagnostic.isError()) {
                warnings.add(place(diagnostic) + diagnostic.message());
            }
        }
        return warnings;
    }

    private static String place(Diagnostic diagnostic) {
        return diagnostic.primary().map(at -> at.line() + ":" + at.column() + " ").orElse("");
    }
}
