package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.PrintFormat.Conversion;
import org.jstap.compiler.program.PrintFormat.Literal;
import org.jstap.compiler.program.PrintFormat.Part;
import org.jstap.compiler.program.Type;
import org.jstap.language.tree.FormatPart;
import org.jstap.language.tree.FormatPart.Measure;

/** Makes formats of what the script wrote, and of what {@code print} and its like mean. */
final class Formats {
    private Formats() { }

    static PrintFormat of(List<FormatPart> written) {
        List<Part> parts = new ArrayList<>();
        for (FormatPart part : written) {
            switch (part) {
                case FormatPart.LiteralText text -> parts.add(new Literal(text.text()));
                case FormatPart.Conversion conversion -> parts.add(conversion(conversion));
            }
        }
        return new PrintFormat(parts);
    }

    private static Conversion conversion(FormatPart.Conversion written) {
        int flags = switch (written.flag()) {
            case NONE -> 0;
            case LEFT -> PrintFormat.Flag.LEFT;
            case PLUS -> PrintFormat.Flag.PLUS;
            case BLANK -> PrintFormat.Flag.SPACE;
            case ALTERNATE -> PrintFormat.Flag.ALTERNATE;
        };
        if (written.padsWithZeros()) {
            flags |= PrintFormat.Flag.ZERO;
        }
        return new Conversion(written.letter().letter(), flags, fixed(written.width()), written.width() instanceof Measure.Star,
                fixed(written.precision()), written.precision() instanceof Measure.Star);
    }

    private static OptionalInt fixed(Measure measure) {
        return measure instanceof Measure.Fixed fixed ? OptionalInt.of(fixed.value()) : OptionalInt.empty();
    }

    /** The plain conversion of a type. */
    static Conversion plain(Type type) {
        return new Conversion(type == Type.STRING ? 's' : 'd', 0, OptionalInt.empty(), false, OptionalInt.empty(), false);
    }

    /** The format that {@code print}, {@code println}, {@code printd} and {@code printdln} mean. */
    static PrintFormat plain(BoundExpression[] arguments, String delimiter, boolean newline) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            if (i > 0 && !delimiter.isEmpty()) {
                parts.add(new Literal(delimiter));
            }
            parts.add(plain(arguments[i].type));
        }
        if (newline) {
            parts.add(new Literal("\n"));
        }
        return new PrintFormat(parts);
    }

    static int arguments(PrintFormat format) {
        int count = 0;
        for (Part part : format.parts()) {
            if (part instanceof Conversion conversion) {
                count += conversion.arguments();
            } else if (part instanceof PrintFormat.Choice choice) {
                count += choice.arguments();
            }
        }
        return count;
    }
}
