package org.jstap.compiler.regex;

import java.util.ArrayList;
import java.util.List;

/** Reads a pattern. */
final class PatternParser {
    private static final int MOST_REPEATS = 1000;
    private static final int DEEPEST = 200;

    private final String text;
    private int at;
    private int groups;
    private int depth;

    PatternParser(String text) {
        this.text = text;
    }

    /** The whole pattern as group 0. */
    Pattern parse() {
        Pattern pattern = alternatives();
        if (at < text.length()) {
            throw mistake("unexpected " + here());
        }
        return new Pattern.Group(pattern, 0);
    }

    private Pattern alternatives() {
        List<Pattern> choices = new ArrayList<>();
        choices.add(sequence());
        while (at < text.length() && text.charAt(at) == '|') {
            at++;
            choices.add(sequence());
        }
        return choices.size() == 1 ? choices.get(0) : new Pattern.Alternatives(choices);
    }

    private Pattern sequence() {
        List<Pattern> parts = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            parts.add(repeated(atom()));
        }
        return parts.isEmpty() ? new Pattern.Empty() : parts.size() == 1 ? parts.get(0) : new Pattern.Sequence(parts);
    }

    private Pattern repeated(Pattern part) {
        Pattern result = part;
        while (at < text.length()) {
            switch (text.charAt(at)) {
                case '*' -> result = new Pattern.Repeat(result, 0, -1);
                case '+' -> result = new Pattern.Repeat(result, 1, -1);
                case '?' -> result = new Pattern.Repeat(result, 0, 1);
                case '{' -> {
                    result = counted(result);
                    continue;
                }
                default -> {
                    return result;
                }
            }
            at++;
        }
        return result;
    }

    private Pattern counted(Pattern part) {
        at++;
        int least = number();
        int most = least;
        if (at < text.length() && text.charAt(at) == ',') {
            at++;
            most = at < text.length() && text.charAt(at) == '}' ? -1 : number();
        }
        expect('}');
        // SystemTap takes a falling range as «nothing».
        return most >= 0 && most < least ? new Pattern.Empty() : new Pattern.Repeat(part, least, most);
    }

    private int number() {
        int start = at;
        int value = 0;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            value = value * 10 + text.charAt(at++) - '0';
            if (value > MOST_REPEATS) {
                throw new PatternException(start, "more than " + MOST_REPEATS + " repeats");
            }
        }
        if (at == start) {
            throw mistake("expected a number, found " + here());
        }
        return value;
    }

    private Pattern atom() {
        char c = text.charAt(at);
        switch (c) {
            case '(' -> {
                return group();
            }
            case '[' -> {
                at++;
                return new Pattern.Bytes(bracket());
            }
            case '*', '+', '?', '{' -> throw mistake("unexpected " + here());
            default -> { }
        }
        at++;
        return switch (c) {
            case '^' -> new Pattern.TextStart();
            case '$' -> new Pattern.TextEnd();
            case '.' -> new Pattern.Bytes(ByteSet.all());
            case '\\' -> {
                if (at >= text.length()) {
                    throw mistake("expected a character after \\, found end of regex");
                }
                yield new Pattern.Bytes(ByteSet.of(text.charAt(at++) & 0xff));
            }
            default -> new Pattern.Bytes(ByteSet.of(c & 0xff));
        };
    }

    private Pattern group() {
        at++;
        if (++depth > DEEPEST) {
            throw mistake("groups nest too deep");
        }
        Pattern result;
        if (text.startsWith("?:", at)) {
            at += 2;
            result = alternatives();
        } else {
            int number = ++groups;
            result = new Pattern.Group(alternatives(), number);
        }
        expect(')');
        depth--;
        return result;
    }

    private ByteSet bracket() {
        boolean negated = at < text.length() && text.charAt(at) == '^';
        if (negated) {
            at++;
        }
        ByteSet set = new ByteSet();
        boolean first = true;
        while (first || at < text.length() && text.charAt(at) != ']') {
            if (at >= text.length()) {
                break;
            }
            first = false;
            if (text.startsWith("[:", at)) {
                namedClass(set);
                continue;
            }
            int low = bracketByte();
            if (at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
                int start = at++;
                int high = bracketByte();
                if (high < low) {
                    throw new PatternException(start, "falling range in [ ]");
                }
                set.addRange(low, high);
            } else {
                set.add(low);
            }
        }
        expect(']');
        return negated ? set.complement() : set;
    }

    private int bracketByte() {
        char c = text.charAt(at++);
        if (c == '\\' && at < text.length()) {
            c = text.charAt(at++);
        }
        return c & 0xff;
    }

    private void namedClass(ByteSet set) {
        int start = at;
        int end = text.indexOf(":]", at);
        if (end < 0) {
            throw new PatternException(start, "expected :], found end of regex");
        }
        String name = text.substring(at + 2, end);
        at = end + 2;
        switch (name) {
            case "alpha" -> letters(set);
            case "alnum" -> {
                letters(set);
                set.addRange('0', '9');
            }
            case "digit" -> set.addRange('0', '9');
            case "xdigit" -> {
                set.addRange('0', '9');
                set.addRange('a', 'f');
                set.addRange('A', 'F');
            }
            case "upper" -> set.addRange('A', 'Z');
            case "lower" -> set.addRange('a', 'z');
            case "space" -> {
                set.add(' ');
                set.addRange('\t', '\r');
            }
            case "blank" -> {
                set.add(' ');
                set.add('\t');
            }
            case "cntrl" -> {
                set.addRange(0, 31);
                set.add(127);
            }
            case "print" -> set.addRange(' ', '~');
            case "graph" -> set.addRange('!', '~');
            case "punct" -> {
                set.addRange('!', '/');
                set.addRange(':', '@');
                set.addRange('[', '`');
                set.addRange('{', '~');
            }
            default -> throw new PatternException(start, "unknown character class [:" + name + ":]");
        }
    }

    private static void letters(ByteSet set) {
        set.addRange('a', 'z');
        set.addRange('A', 'Z');
    }

    private void expect(char c) {
        if (at >= text.length() || text.charAt(at) != c) {
            throw mistake("expected " + c + ", found " + here());
        }
        at++;
    }

    private PatternException mistake(String message) {
        return new PatternException(Math.min(at, Math.max(0, text.length() - 1)), message);
    }

    private String here() {
        return at < text.length() ? "'" + text.charAt(at) + "'" : "end of regex";
    }
}
