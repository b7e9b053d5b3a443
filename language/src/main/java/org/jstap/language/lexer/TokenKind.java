package org.jstap.language.lexer;

/** The kinds of token. */
public enum TokenKind {
    /** A name, also one with dollars as {@code $file} or {@code $$vars}. */
    IDENTIFIER("identifier"),
    KEYWORD("keyword"),
    /** Punctuation, the brackets of the preprocessor, and {@code @name}. */
    OPERATOR("operator"),
    /** A string; the text is the raw spelling as {@link StringEscapes} defines it. */
    STRING("string"),
    /** A number as spelled; not yet known to be well-formed. */
    NUMBER("number"),
    /** C code; the text is what stands between the brackets. */
    EMBEDDED("embedded code"),
    /** {@code $1}, {@code @1}, {@code $#} or {@code @#}. */
    ARGUMENT("argument"),
    /** No token at all; the text is the message. */
    JUNK("junk"),
    END("end of file");

    private final String title;

    TokenKind(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
