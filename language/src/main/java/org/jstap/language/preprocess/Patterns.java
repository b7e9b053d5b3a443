package org.jstap.language.preprocess;

/** Comparison of strings the way the preprocessor asks for it. */
public final class Patterns {
    private Patterns() {
    }

    /** Whether a string has characters that make it a pattern. */
    public static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    /**
     * Matches a shell pattern ({@code *}, {@code ?}, {@code [a-z]}, {@code [!a]}, backslash) against all of a text, as
     * fnmatch(3) without flags. Takes time in the product of both lengths at most.
     */
    public static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int starPattern = -1;
        int starText = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                starPattern = ++p;
                starText = t;
                continue;
            }
            int next = p < pattern.length() ? matchOne(pattern, p, text.charAt(t)) : -1;
            if (next >= 0) {
                p = next;
                t++;
            } else if (starPattern >= 0) {
                p = starPattern;
                t = ++starText;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Matches one character; gives the offset after the element of the pattern, or -1. */
    private static int matchOne(String pattern, int p, char c) {
        char want = pattern.charAt(p);
        if (want == '?') {
            return p + 1;
        }
        if (want == '[') {
            int end = pattern.indexOf(']', p + 2);
            if (end > 0) {
                return inSet(pattern, p + 1, end, c) ? end + 1 : -1;
            }
        }
        if (want == '\\' && p + 1 < pattern.length()) {
            return pattern.charAt(p + 1) == c ? p + 2 : -1;
        }
        return want == c ? p + 1 : -1;
    }

    private static boolean inSet(String pattern, int from, int end, char c) {
        boolean negated = pattern.charAt(from) == '!' || pattern.charAt(from) == '^';
        boolean found = false;
        for (int i = negated ? from + 1 : from; i < end; i++) {
            char low = pattern.charAt(i);
            char high = low;
            if (i + 2 < end && pattern.charAt(i + 1) == '-') {
                high = pattern.charAt(i + 2);
                i += 2;
            }
            found |= c >= low && c <= high;
        }
        return found != negated;
    }

    /**
     * Compares versions: digits by their value, everything else by byte, and a run of digits that starts with zero as a
     * fraction, as strverscmp(3) does. Negative, zero or positive.
     */
    public static int compareVersions(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        if (i == a.length() && i == b.length()) {
            return 0;
        }
        int start = i;
        while (start > 0 && isDigit(a.charAt(start - 1))) {
            start--;
        }
        boolean digitA = i < a.length() && isDigit(a.charAt(i));
        boolean digitB = i < b.length() && isDigit(b.charAt(i));
        boolean inNumber = start < i;
        int byByte = (i < a.length() ? a.charAt(i) : 0) - (i < b.length() ? b.charAt(i) : 0);
        if (!digitA && !digitB || !inNumber && !(digitA && digitB)) {
            return byByte;
        }
        if (leadingZero(a, start) && (inNumber || digitA) || leadingZero(b, start) && (inNumber || digitB)) {
            return compareFractions(a, b, start, i, byByte);
        }
        int lengthA = digits(a, i);
        int lengthB = digits(b, i);
        return lengthA != lengthB ? lengthA - lengthB : byByte;
    }

    private static boolean leadingZero(String text, int start) {
        return start < text.length() && text.charAt(start) == '0';
    }

    /** More zeros in front make a smaller number: 000 before 00 before 01 before 010 before 09 before 0 before 1. */
    private static int compareFractions(String a, String b, int start, int i, int byByte) {
        boolean onlyZeros = true;
        for (int j = start; j < i; j++) {
            onlyZeros &= a.charAt(j) == '0';
        }
        boolean digitA = i < a.length() && isDigit(a.charAt(i));
        boolean digitB = i < b.length() && isDigit(b.charAt(i));
        if (onlyZeros && start < i && digitA != digitB) {
            return digitA ? -1 : 1;
        }
        return byByte;
    }

    private static int digits(String text, int from) {
        int i = from;
        while (i < text.length() && isDigit(text.charAt(i))) {
            i++;
        }
        return i - from;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
