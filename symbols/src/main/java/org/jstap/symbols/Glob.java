package org.jstap.symbols;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A compiled SystemTap name pattern.
 *
 * <p>{@code *} stands for any run of bytes (also {@code /}, as in {@code fnmatch(3)} without flags), {@code ?} for one
 * byte, {@code [a-z_]} for one byte of a set, {@code [!a-z]} or {@code [^a-z]} for one byte outside it; a backslash
 * takes the next character literally. A {@code [} that is never closed stands for itself. Matching is done on the bytes
 * of the name in UTF-8, so a name can be matched where it stands in a file without building a string.
 */
public final class Glob {
    private static final int ONE = -1;
    private static final int STAR = -2;
    private static final int SET = -3;

    private final String pattern;
    private final int[] ops;
    private final long[][] sets;
    private final int literalPrefix;

    private Glob(String pattern, int[] ops, long[][] sets) {
        this.pattern = pattern;
        this.ops = ops;
        this.sets = sets;
        int n = 0;
        while (n < ops.length && ops[n] >= 0) {
            n++;
        }
        this.literalPrefix = n;
    }

    /** Compiles {@code pattern}; every string is a valid pattern. */
    public static Glob of(String pattern) {
        return new Compiler(pattern).compile();
    }

    /** Whether {@code text} has a character that this class does not take literally. */
    public static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0 || text.indexOf('\\') >= 0;
    }

    /** The text this pattern was compiled from. */
    public String pattern() {
        return pattern;
    }

    /** Whether the pattern can match one name only, {@link #literalPrefix()}. */
    public boolean isLiteral() {
        return literalPrefix == ops.length;
    }

    /** Whether the pattern matches every name. */
    public boolean matchesEverything() {
        if (ops.length == 0) {
            return false;
        }
        for (int op : ops) {
            if (op != STAR) {
                return false;
            }
        }
        return true;
    }

    /** What every matching name starts with, backslashes resolved. */
    public String literalPrefix() {
        byte[] bytes = new byte[literalPrefix];
        for (int i = 0; i < literalPrefix; i++) {
            bytes[i] = (byte) ops[i];
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Whether the whole of {@code name} matches. */
    public boolean matches(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return matches(bytes, 0, bytes.length);
    }

    /** Whether {@code bytes[from..to)} matches as a whole. */
    public boolean matches(byte[] bytes, int from, int to) {
        if (to - from < literalPrefix) {
            return false;
        }
        int at = from;
        int op = 0;
        while (op < literalPrefix) {
            if ((bytes[at++] & 0xff) != ops[op++]) {
                return false;
            }
        }
        return matchesRest(bytes, at, to, op);
    }

    private boolean matchesRest(byte[] bytes, int from, int to, int firstOp) {
        int at = from;
        int op = firstOp;
        int starOp = -1;
        int starAt = 0;
        while (true) {
            if (op < ops.length && ops[op] == STAR) {
                starOp = ++op;
                starAt = at;
                if (op == ops.length) {
                    return true;
                }
            } else if (at < to && op < ops.length && accepts(ops[op], bytes[at] & 0xff)) {
                at++;
                op++;
            } else if (at == to && op == ops.length) {
                return true;
            } else if (starOp >= 0 && starAt < to) {
                op = starOp;
                at = ++starAt;
            } else {
                return false;
            }
        }
    }

    private boolean accepts(int op, int b) {
        if (op >= 0) {
            return op == b;
        }
        if (op == ONE) {
            return true;
        }
        long[] set = sets[SET - op];
        return (set[b >> 6] >>> (b & 63) & 1) != 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob glob && glob.pattern.equals(pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return pattern;
    }

    private static final class Compiler {
        private final String pattern;
        private final byte[] text;
        private int[] ops;
        private int count;
        private long[][] sets = new long[0][];

        Compiler(String pattern) {
            this.pattern = pattern;
            this.text = pattern.getBytes(StandardCharsets.UTF_8);
            this.ops = new int[text.length];
        }

        Glob compile() {
            int at = 0;
            while (at < text.length) {
                int c = text[at] & 0xff;
                int close;
                if (c == '*') {
                    add(STAR);
                    at++;
                } else if (c == '?') {
                    add(ONE);
                    at++;
                } else if (c == '[' && (close = closingBracket(at)) > 0) {
                    addSet(at + 1, close);
                    at = close + 1;
                } else if (c == '\\' && at + 1 < text.length) {
                    add(text[at + 1] & 0xff);
                    at += 2;
                } else {
                    add(c);
                    at++;
                }
            }
            return new Glob(pattern, Arrays.copyOf(ops, count), sets);
        }

        private void add(int op) {
            ops[count++] = op;
        }

        private boolean negatesAt(int at) {
            return at < text.length && (text[at] == '!' || text[at] == '^');
        }

        private int closingBracket(int open) {
            int at = open + 1;
            if (negatesAt(at)) {
                at++;
            }
            // A bracket right at the start belongs to the set: "[]x]".
            at++;
            while (at < text.length && text[at] != ']') {
                at++;
            }
            return at < text.length ? at : -1;
        }

        private void addSet(int from, int to) {
            long[] set = new long[4];
            boolean negated = negatesAt(from);
            int at = negated ? from + 1 : from;
            while (at < to) {
                int low = text[at] & 0xff;
                int high = low;
                if (at + 2 < to && text[at + 1] == '-') {
                    high = text[at + 2] & 0xff;
                    at += 2;
                }
                for (int b = low; b <= high; b++) {
                    set[b >> 6] |= 1L << (b & 63);
                }
                at++;
            }
            if (negated) {
                for (int i = 0; i < set.length; i++) {
                    set[i] = ~set[i];
                }
            }
            add(SET - sets.length);
            sets = Arrays.copyOf(sets, sets.length + 1);
            sets[sets.length - 1] = set;
        }
    }
}
