package org.jstap.language.preprocess;

import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.lexer.Token;

/** Makes the errors of this package. Their codes begin with {@link #PREFIX}: after one of them no parsing goes on. */
public final class PreprocessorErrors {
    /** How the codes of all errors begin that leave the token stream in disorder. */
    public static final String PREFIX = "preprocessor-";

    private PreprocessorErrors() {
    }

    static DiagnosticException error(String code, String message, Token at) {
        return new DiagnosticException(diagnostic(code, message, at));
    }

    static Diagnostic diagnostic(String code, String message, Token at) {
        return Diagnostic.parseError(PREFIX + code, message, at.span()).seeing(at.describe());
    }

    /** The error that a junk token stands for. */
    public static DiagnosticException junk(Token junk) {
        return new DiagnosticException(Diagnostic.parseError(PREFIX + "junk", junk.text(), junk.span())
                .seeing(junk.describe()));
    }
}
