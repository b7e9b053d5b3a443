package org.jstap.compiler.probe;

import java.util.List;
import org.jstap.language.parser.ParseOptions;
import org.jstap.language.parser.ParseResult;
import org.jstap.language.parser.Parser;
import org.jstap.language.preprocess.PreprocessorEnvironment;
import org.jstap.language.source.SourceFile;
import org.jstap.language.tree.Declaration;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.Statement;

/** Pieces of the script language that probe kinds put into handlers. */
final class Snippets {
    private static final PreprocessorEnvironment PLAIN = PreprocessorEnvironment.of("", "");

    private static final String FILE = "probe kinds";

    private Snippets() { }

    static boolean isOne(Statement.Block block) {
        return block.span().file().name().equals(FILE);
    }

    /** A block that leaves the handler where the condition does not hold. */
    static Statement.Block unless(String condition) {
        return block("if (!(" + condition + ")) next");
    }

    static Expression expression(String text) {
        if (block("(" + text + ")").statements().getFirst() instanceof Statement.ExpressionStatement statement) {
            return statement.expression();
        }
        throw new IllegalArgumentException("no expression: " + text);
    }

    private static Statement.Block block(String text) {
        ParseResult result = Parser.parse(new SourceFile(FILE, "probe never { " + text + " }", true),
                new ParseOptions(PLAIN, ParseOptions.of(PLAIN).macros(), List.of()));
        if (result.file().isPresent()
                && result.file().get().declarations().getFirst() instanceof Declaration.ProbeDeclaration probe) {
            return probe.body();
        }
        throw new IllegalArgumentException(result.diagnostics() + " in " + text);
    }
}
