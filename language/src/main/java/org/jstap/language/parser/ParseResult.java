package org.jstap.language.parser;

import java.util.List;
import java.util.Optional;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.tree.ScriptFile;

/**
 * What came of parsing a file.
 *
 * @param file        the tree; absent if there was an error
 * @param diagnostics errors and warnings in the order found
 */
public record ParseResult(Optional<ScriptFile> file, List<Diagnostic> diagnostics) {
    public ParseResult {
        diagnostics = List.copyOf(diagnostics);
    }
}
