package org.jstap.language.parser;

import java.util.List;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.diagnostic.Suggestions;
import org.jstap.language.lexer.Token;
import org.jstap.language.preprocess.MacroExpander;
import org.jstap.language.preprocess.MacroSource;

/** Ties the parts of the grammar together: each finds the others here, and what is permitted. */
final class Grammar {
    private final TokenStream tokens;
    private final boolean trusted;
    private final MacroExpander expander;
    private final MacroSource library;
    private final Literals literals;
    private final ExpressionParser expressions;
    private final StatementParser statements;
    private final ProbePointParser probePoints;

    /** @param trusted whether embedded code and constants are allowed: guru mode or a library file */
    Grammar(TokenStream tokens, boolean trusted, MacroExpander expander, MacroSource library) {
        this.tokens = tokens;
        this.trusted = trusted;
        this.expander = expander;
        this.library = library;
        this.literals = new Literals(tokens);
        this.expressions = new ExpressionParser(this);
        this.statements = new StatementParser(this);
        this.probePoints = new ProbePointParser(this);
    }

    TokenStream tokens() {
        return tokens;
    }

    Literals literals() {
        return literals;
    }

    ExpressionParser expressions() {
        return expressions;
    }

    StatementParser statements() {
        return statements;
    }

    ProbePointParser probePoints() {
        return probePoints;
    }

    /** Refuses what only guru mode may do. */
    void requireTrust(String what, Token at) {
        if (!trusted) {
            throw new DiagnosticException(Diagnostic.parseError("guru", what + "; need stap -g", at.span())
                    .seeing(at.describe()).withHint("run with -g (guru mode) if you trust this script"));
        }
    }

    /** The error for an {@code @name} that is neither an operator nor a macro, with the names it may have meant. */
    DiagnosticException unknownOperator(Token operator) {
        List<String> names = Operators.builtIns();
        for (String macro : expander.macros().keySet()) {
            names.add("@" + macro);
        }
        for (String macro : library.names()) {
            names.add("@" + macro);
        }
        Diagnostic diagnostic = TokenStream.diagnostic("unknown-operator", "unknown operator " + operator.text(), operator);
        String hint = Suggestions.hint(operator.text(), names);
        return new DiagnosticException(diagnostic.withHint(!hint.isEmpty() ? hint
                : "it is neither a built-in operator nor a macro of this script or the library"));
    }
}
