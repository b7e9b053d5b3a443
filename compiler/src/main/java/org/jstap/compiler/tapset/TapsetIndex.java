package org.jstap.compiler.tapset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.tapset.TapsetNames.Kind;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticPrinter;
import org.jstap.language.diagnostic.Diagnostics;
import org.jstap.language.parser.ParseOptions;
import org.jstap.language.parser.ParseResult;
import org.jstap.language.parser.Parser;
import org.jstap.language.preprocess.MacroLibrary;
import org.jstap.language.preprocess.PreprocessorEnvironment;
import org.jstap.language.source.SourceFile;

/** Makes the index of the tapset. Run by hand after a name was added; a test tells when it was forgotten. */
public final class TapsetIndex {
    private TapsetIndex() { }

    /** What came of reading all files of a directory. */
    record Result(String index, List<Diagnostic> diagnostics) { }

    /** @param arguments the directory of the tapset's files, into which the index is written */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        Result result = index(directory);
        System.err.print(DiagnosticPrinter.print(result.diagnostics()));
        Files.writeString(directory.resolve("index.txt"), result.index());
    }

    static Result index(Path directory) throws IOException {
        PreprocessorEnvironment environment = PreprocessorEnvironment.of("6.12.0", "x86_64");
        List<SourceFile> macros = new ArrayList<>();
        List<SourceFile> scripts = new ArrayList<>();
        for (Path path : sorted(directory)) {
            String name = path.getFileName().toString();
            SourceFile file = new SourceFile(name, Files.readString(path, StandardCharsets.ISO_8859_1), true);
            (name.endsWith(".stpm") ? macros : scripts).add(file);
        }
        Diagnostics diagnostics = new Diagnostics();
        TapsetNames names = new TapsetNames();
        for (SourceFile file : macros) {
            MacroLibrary.Result one = MacroLibrary.parse(List.of(file), environment);
            diagnostics.addAll(one.diagnostics());
            for (String macro : one.library().names()) {
                names.add(Kind.MACRO, macro, file.name());
            }
        }
        MacroLibrary.Result library = MacroLibrary.parse(macros, environment);
        diagnostics.addAll(library.diagnostics());
        for (SourceFile file : scripts) {
            ParseResult parsed = Parser.parse(file, new ParseOptions(environment, library.library(), List.of()));
            diagnostics.addAll(parsed.diagnostics());
            if (parsed.file().isPresent()) {
                names.add(parsed.file().get(), file.name());
            }
        }
        return new Result(names.text(), diagnostics.all());
    }

    private static List<Path> sorted(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, "*.{stp,stpm}")) {
            for (Path path : stream) {
                files.add(path);
            }
        }
        files.sort(null);
        return files;
    }
}
