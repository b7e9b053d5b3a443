package org.jstap.cli;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.cli.Options.ScriptInput;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.parser.ParseOptions;
import org.jstap.language.parser.ParseResult;
import org.jstap.language.parser.Parser;
import org.jstap.language.source.SourceFile;
import org.jstap.language.tree.ScriptFile;

/** Pass 1 for the scripts of the command line. The library's files are parsed by whoever looks a name up in them. */
final class ParsePass {
    private ParsePass() { }

    /**
     * What came of it.
     *
     * @param scripts     the trees; absent if one has an error
     * @param diagnostics errors and warnings in the order found
     */
    record Result(Optional<List<ScriptFile>> scripts, List<Diagnostic> diagnostics) {
        Result {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    /** @throws ScriptLoader.UnreadableException if a file cannot be read */
    static Result parse(List<ScriptInput> inputs, ParseOptions options, InputStream standardInput)
            throws ScriptLoader.UnreadableException {
        ScriptLoader loader = new ScriptLoader(standardInput);
        List<ScriptFile> scripts = new ArrayList<>();
        List<Diagnostic> diagnostics = new ArrayList<>();
        for (ScriptInput input : inputs) {
            SourceFile source = loader.load(input);
            ParseResult result = Parser.parse(source, options);
            diagnostics.addAll(result.diagnostics());
            if (result.file().isPresent()) {
                scripts.add(result.file().get());
            }
        }
        return new Result(scripts.size() == inputs.size() ? Optional.of(List.copyOf(scripts)) : Optional.empty(), diagnostics);
    }
}
