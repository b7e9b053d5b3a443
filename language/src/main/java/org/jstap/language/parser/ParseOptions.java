package org.jstap.language.parser;

import java.util.List;
import java.util.Objects;
import org.jstap.language.preprocess.MacroSource;
import org.jstap.language.preprocess.PreprocessorEnvironment;

/**
 * What parsing depends on besides the file.
 *
 * @param environment what conditions can ask for; its guru mode also permits embedded code and {@code @const}
 * @param macros      the library's macros
 * @param arguments   the script's arguments
 */
public record ParseOptions(PreprocessorEnvironment environment, MacroSource macros, List<String> arguments) {
    public ParseOptions {
        Objects.requireNonNull(environment);
        Objects.requireNonNull(macros);
        arguments = List.copyOf(arguments);
    }

    /** Options without arguments or macros. */
    public static ParseOptions of(PreprocessorEnvironment environment) {
        return new ParseOptions(environment, MacroSource.none(), List.of());
    }

    public ParseOptions withMacros(MacroSource source) {
        return new ParseOptions(environment, source, arguments);
    }

    public ParseOptions withArguments(List<String> values) {
        return new ParseOptions(environment, macros, values);
    }
}
