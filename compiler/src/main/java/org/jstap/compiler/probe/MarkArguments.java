package org.jstap.compiler.probe;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a mark's arguments are, as the script language says it: {@code -4@%edi} is a signed 4-byte number in a register. */
final class MarkArguments {
    private static final Pattern SPECIFICATION = Pattern.compile("(?:(-?)([1248])(f?)@)?(.+)");
    private static final Pattern MEMORY = Pattern.compile("(-?\\d*)\\((?:%(\\w+))?(?:,%(\\w+)(?:,([1248]))?)?\\)");
    private static final int BITS = 64;

    private MarkArguments() { }

    /** An expression; empty where the operand is of a kind that is not known here, as one relative to a symbol. */
    static Optional<String> expression(String specification) {
        Matcher parts = SPECIFICATION.matcher(specification);
        if (!parts.matches() || "f".equals(parts.group(3))) {
            return Optional.empty();
        }
        int size = parts.group(2) == null ? Long.BYTES : Integer.parseInt(parts.group(2));
        boolean signed = parts.group(1) == null || !parts.group(1).isEmpty();
        String operand = parts.group(4);
        if (operand.matches("\\$-?(0x)?[0-9a-fA-F]+")) {
            return Optional.of("(" + operand.substring(1) + ")");
        }
        if (operand.matches("%\\w+")) {
            return Optional.of(narrowed("register(\"" + operand.substring(1) + "\")", size, signed));
        }
        Matcher memory = MEMORY.matcher(operand);
        if (!memory.matches()) {
            return Optional.empty();
        }
        StringBuilder address = new StringBuilder(memory.group(1).isEmpty() ? "0" : memory.group(1));
        if (memory.group(2) != null) {
            address.append(" + register(\"").append(memory.group(2)).append("\")");
        }
        if (memory.group(3) != null) {
            address.append(" + register(\"").append(memory.group(3)).append("\") * ")
                    .append(memory.group(4) == null ? "1" : memory.group(4));
        }
        return Optional.of(narrowed("@uderef(" + size + ", " + address + ")", size, signed));
    }

    private static String narrowed(String value, int size, boolean signed) {
        int unused = BITS - Byte.SIZE * size;
        if (unused == 0) {
            return value;
        }
        return signed ? "((" + value + " << " + unused + ") >> " + unused + ")"
                : "(" + value + " & " + ((1L << BITS - unused) - 1) + ")";
    }
}
