package org.jstap.compiler.analysis;

import java.util.List;
import java.util.Optional;
import org.jstap.compiler.program.Program;
import org.jstap.language.diagnostic.Diagnostic;

/**
 * What came of pass 2.
 *
 * @param program     absent where there was an error
 * @param diagnostics errors and warnings in the order found
 */
public record AnalysisResult(Optional<Program> program, List<Diagnostic> diagnostics) {
    public AnalysisResult {
        diagnostics = List.copyOf(diagnostics);
    }
}
