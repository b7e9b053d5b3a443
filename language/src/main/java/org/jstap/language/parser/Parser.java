package org.jstap.language.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.diagnostic.Diagnostics;
import org.jstap.language.lexer.Lexer;
import org.jstap.language.lexer.TokenKind;
import org.jstap.language.preprocess.Conditionals;
import org.jstap.language.preprocess.MacroExpander;
import org.jstap.language.preprocess.PreprocessorErrors;
import org.jstap.language.preprocess.ScriptArguments;
import org.jstap.language.source.SourceFile;
import org.jstap.language.tree.Declaration;
import org.jstap.language.tree.ScriptFile;

/** Pass 1: from the text of a file to its tree. Whatever the text is, it ends with a tree or with diagnostics. */
public final class Parser {
    /** What comes after so many errors helps nobody. */
    private static final int MOST_ERRORS = 20;
    /** A class and not a lambda, whose first use would cost more than parsing a script. */
    private static final Predicate<String> BUILT_INS = new Predicate<>() {
        @Override
        public boolean test(String name) {
            return Operators.isBuiltIn(name);
        }
    };

    private final SourceFile source;
    private final TokenStream tokens;
    private final Diagnostics diagnostics = new Diagnostics();
    private final DeclarationParser declarations;

    private Parser(SourceFile source, ParseOptions options, ScriptArguments arguments) {
        this.source = source;
        MacroExpander expander = new MacroExpander(
                new Lexer(source), options.macros(), BUILT_INS, diagnostics);
        Conditionals conditionals = new Conditionals(expander, options.environment(), arguments);
        this.tokens = new TokenStream(conditionals, source.span(0, 0));
        boolean trusted = source.library() || options.environment().guruMode();
        this.declarations = new DeclarationParser(new Grammar(tokens, trusted, expander, options.macros()));
    }

    /** Parses a file. Unused arguments of a script are warned of, unless it uses the library's array of them. */
    public static ParseResult parse(SourceFile source, ParseOptions options) {
        ScriptArguments arguments = new ScriptArguments(options.arguments());
        Parser parser = new Parser(source, options, arguments);
        Optional<ScriptFile> file = parser.file();
        if (file.isPresent()) {
            if (!source.library() && !source.text().contains("argv")) {
                parser.diagnostics.addAll(arguments.unused());
            }
        }
        return new ParseResult(file, parser.diagnostics.all());
    }

    private Optional<ScriptFile> file() {
        List<Declaration> found = new ArrayList<>();
        boolean empty = true;
        while (diagnostics.errorCount() < MOST_ERRORS) {
            try {
                if (tokens.at(TokenKind.END)) {
                    break;
                }
                empty = false;
                declarations.declaration(found);
            } catch (DiagnosticException e) {
                diagnostics.add(e.diagnostic());
                if (!recover(e.diagnostic())) {
                    break;
                }
            }
        }
        if (empty && !diagnostics.hasErrors() && !source.library()) {
            diagnostics.add(Diagnostic.parseError("empty", "Input file '" + source.name() + "' is empty.",
                    source.span(0, 0)).withHint("a script needs at least one probe"));
        }
        return diagnostics.hasErrors() ? Optional.empty() : Optional.of(new ScriptFile(source, found));
    }

    /** Goes on at the next token that can start a declaration; false if the tokens are not to be trusted any more. */
    private boolean recover(Diagnostic error) {
        tokens.reset();
        if (error.code().startsWith(PreprocessorErrors.PREFIX)) {
            return false;
        }
        try {
            while (!tokens.at(TokenKind.END) && !DeclarationParser.canStart(tokens.peek())) {
                tokens.next();
            }
            return true;
        } catch (DiagnosticException e) {
            diagnostics.add(e.diagnostic());
            return false;
        }
    }
}
