package org.jstap.language.parser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticPrinter;
import org.jstap.language.preprocess.PreprocessorEnvironment;
import org.jstap.language.source.SourceFile;
import org.jstap.language.tree.Declaration;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.ScriptFile;
import org.jstap.language.tree.Statement;
import org.jstap.language.tree.TreePrinter;

/** Parses texts for tests. */
final class Scripts {
    static final PreprocessorEnvironment ENVIRONMENT = PreprocessorEnvironment.of("6.12.3-1-amd64", "x86_64");

    private Scripts() {
    }

    static ParseResult result(String text, String... arguments) {
        return Parser.parse(new SourceFile("test.stp", text), ParseOptions.of(ENVIRONMENT).withArguments(List.of(arguments)));
    }

    static ScriptFile parse(String text, String... arguments) {
        ParseResult result = result(text, arguments);
        Assertions.assertThat(result.file()).as(() -> DiagnosticPrinter.print(result.diagnostics())).isPresent();
        return result.file().orElseThrow();
    }

    static ScriptFile parseGuru(String text) {
        ParseResult result = Parser.parse(new SourceFile("test.stp", text), ParseOptions.of(ENVIRONMENT.withGuruMode(true)));
        Assertions.assertThat(result.file()).as(() -> DiagnosticPrinter.print(result.diagnostics())).isPresent();
        return result.file().orElseThrow();
    }

    static String printed(String text, String... arguments) {
        return TreePrinter.print(parse(text, arguments));
    }

    static List<Statement> handler(String statements) {
        ScriptFile file = parse("probe begin { " + statements + " }");
        return ((Declaration.ProbeDeclaration) file.declarations().getFirst()).body().statements();
    }

    static Expression expression(String text) {
        return ((Statement.ExpressionStatement) handler(text).getFirst()).expression();
    }

    static Diagnostic firstError(String text, String... arguments) {
        ParseResult result = result(text, arguments);
        Assertions.assertThat(result.file()).isEmpty();
        return result.diagnostics().stream().filter(Diagnostic::isError).findFirst().orElseThrow();
    }

    static SourceFile read(Path path, boolean library) throws IOException {
        return SourceFile.of(path.getFileName().toString(), Files.readAllBytes(path), library);
    }

    static List<Path> find(Path root, String suffix) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(p -> p.toString().endsWith(suffix)).filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** The conformance corpus beside the project, if this checkout has one. */
    static Path conformance() {
        return Path.of("..", "..", "shared", "conformance");
    }
}
