package org.jstap.language.preprocess;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.lexer.Lexer;
import org.jstap.language.lexer.Token;
import org.jstap.language.lexer.TokenKind;
import org.jstap.language.source.SourceFile;

/** The arguments of a script: puts them in for {@code $1}, {@code @1} and their like, and knows which were used. */
public final class ScriptArguments {
    private final List<String> values;
    private final BitSet used = new BitSet();

    public ScriptArguments(List<String> values) {
        this.values = List.copyOf(values);
    }

    /** The tokens that an argument token stands for; all have its place. */
    List<Token> expand(Token token) {
        String text = token.text();
        boolean quoted = text.charAt(0) == '@';
        if (text.charAt(1) == '#') {
            String count = Integer.toString(values.size());
            return List.of(new Token(quoted ? TokenKind.STRING : TokenKind.NUMBER, count, token.span()));
        }
        int end = 1;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        int number = end > 8 ? Integer.MAX_VALUE : Integer.parseInt(text.substring(1, end));
        if (number < 1 || number > values.size()) {
            Token junk = new Token(TokenKind.JUNK,
                    "command line argument out of range [1-" + values.size() + "]", token.span());
            throw PreprocessorErrors.junk(junk);
        }
        used.set(number);
        String value = values.get(number - 1);
        return quoted ? List.of(new Token(TokenKind.STRING, raw(value), token.span())) : tokens(value + text.substring(end), token);
    }

    /** The argument is a text like any other, but its backslashes are just backslashes. */
    private static String raw(String value) {
        return value.indexOf('\\') < 0 ? value : value.replace("\\", "\\\\");
    }

    private static List<Token> tokens(String value, Token at) {
        Lexer lexer = new Lexer(new SourceFile(at.text(), value));
        List<Token> tokens = new ArrayList<>();
        for (Token token = lexer.next(); !token.isEnd(); token = lexer.next()) {
            // An argument that names an argument could go on for ever.
            TokenKind kind = token.kind() == TokenKind.ARGUMENT ? TokenKind.IDENTIFIER : token.kind();
            tokens.add(new Token(kind, token.text(), at.span()));
        }
        return tokens;
    }

    /** A warning for each argument that no file has used. */
    public List<Diagnostic> unused() {
        List<Diagnostic> warnings = new ArrayList<>();
        for (int i = 1; i <= values.size(); i++) {
            if (!used.get(i)) {
                warnings.add(Diagnostic.warning("unused-argument", "unused command line option $" + i + "/@" + i));
            }
        }
        return warnings;
    }
}
