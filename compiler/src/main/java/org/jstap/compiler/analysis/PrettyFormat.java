package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jstap.compiler.analysis.BoundExpression.IntrinsicUse;
import org.jstap.compiler.analysis.BoundExpression.NumberConstant;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.PrintFormat.Conversion;
import org.jstap.compiler.program.PrintFormat.Literal;
import org.jstap.compiler.program.PrintFormat.Part;
import org.jstap.ebpf.btf.BtfType;
import org.jstap.ebpf.btf.Field;
import org.jstap.language.source.Span;

/** The layout of {@code $x$}, {@code $x$$}, {@code $$parms} and their like: a format and its arguments. */
final class PrettyFormat {
    /** SystemTap stops after so many values, with three dots. */
    private static final int MOST_VALUES = 32;
    /** Elements of an array that are shown before three dots. */
    private static final int MOST_ELEMENTS = 5;

    private final CTypes types;
    private final Span at;
    private final List<Part> parts = new ArrayList<>();
    private final List<BoundExpression> arguments = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    PrettyFormat(CTypes types, Span at) {
        this.types = types;
        this.at = at;
    }

    /** The text of one place. */
    BoundExpression text(CPlace place, boolean nested) {
        value(place, nested ? Integer.MAX_VALUE : 1, true);
        return finish();
    }

    /** {@code name=value} for each place, with a blank between. */
    BoundExpression summary(List<CPlace> places, boolean pretty, boolean nested) {
        for (int i = 0; i < places.size(); i++) {
            CPlace place = places.get(i);
            literal.append(i == 0 ? "" : " ").append(place.spelling().substring(1)).append('=');
            if (pretty) {
                value(place, nested ? Integer.MAX_VALUE : 1, true);
            } else if (types.isScalar(place.type())) {
                convert('x', PrintFormat.Flag.ALTERNATE, types.load(place, at));
            } else {
                literal.append('?');
            }
        }
        return finish();
    }

    /** The same for parameters of which names and sizes are known. */
    static BoundExpression.PrettyText named(List<CPlace> places, List<PrintFormat.Named> names, Span at) {
        BoundExpression[] values = new BoundExpression[places.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = places.get(i).expression();
        }
        return new BoundExpression.PrettyText(new PrintFormat(new PrintFormat.Choice(List.of(names), values.length).parts(0)), values, at);
    }

    private BoundExpression finish() {
        flush();
        return new BoundExpression.PrettyText(new PrintFormat(parts), arguments.toArray(new BoundExpression[0]), at);
    }

    private void flush() {
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private void convert(char letter, int flags, BoundExpression value) {
        flush();
        parts.add(new Conversion(letter, flags, OptionalInt.empty(), false, OptionalInt.empty(), false));
        arguments.add(value);
    }

    /** @param depth how many levels of structs to show; {@code first} follows a pointer to a struct */
    private void value(CPlace place, int depth, boolean first) {
        BtfType type = types.plain(place.type());
        switch (type) {
            // Passed by value in registers, which are no memory to read members from.
            case BtfType.Composite _ when !place.inMemory() -> literal.append('?');
            case BtfType.Composite _ -> composite(place, depth);
            case BtfType.Array array -> array(place, array, depth);
            case BtfType.Pointer pointer when first && types.plain(pointer.target()) instanceof BtfType.Composite ->
                    composite(types.target(place, at), depth);
            case BtfType.Pointer _ when types.isText(place.type()) -> quoted(types.load(place, at));
            case BtfType.Pointer _ -> convert('p', 0, types.load(place, at));
            case BtfType.Int _ when types.isChar(place.type()) -> {
                literal.append('\'');
                convert('c', 0, types.load(place, at));
                literal.append('\'');
            }
            case BtfType.Int _, BtfType.Enum _, BtfType.Enum64 _ ->
                    convert(types.isSigned(place.type()) ? 'i' : 'u', 0, types.load(place, at));
            default -> literal.append('?');
        }
    }

    private void quoted(BoundExpression address) {
        literal.append('"');
        convert('s', 0, new IntrinsicUse(Intrinsic.KERNEL_STRING, new BoundExpression[] {address}, at));
        literal.append('"');
    }

    private void composite(CPlace place, int depth) {
        if (depth <= 0) {
            literal.append("{...}");
            return;
        }
        literal.append('{');
        boolean first = true;
        for (Field field : types.btf().members(types.btf().skipModifiers(place.type()))) {
            literal.append(first ? "" : ", ");
            first = false;
            if (arguments.size() >= MOST_VALUES) {
                literal.append("...");
                break;
            }
            literal.append('.').append(field.name()).append('=');
            value(types.member(place, field.name(), at), depth - 1, false);
        }
        literal.append('}');
    }

    private void array(CPlace place, BtfType.Array array, int depth) {
        if (types.isText(place.type())) {
            quoted(types.load(place, at));
            return;
        }
        if (depth <= 0 && !types.isScalar(array.element())) {
            literal.append("[...]");
            return;
        }
        literal.append('[');
        int shown = Math.min(array.length(), MOST_ELEMENTS);
        for (int i = 0; i < shown && arguments.size() < MOST_VALUES; i++) {
            literal.append(i == 0 ? "" : ", ");
            value(types.element(place, new NumberConstant(i, at), at), depth - 1, false);
        }
        literal.append(shown < array.length() ? (shown > 0 ? ", ...]" : "...]") : "]");
    }
}
