package org.jstap.language.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * The text of one script or tapset file. SystemTap strings are bytes, so the text holds one {@code char} per byte
 * (ISO-8859-1); {@link Span} offsets are therefore byte offsets too.
 */
public final class SourceFile {
    private final String name;
    private final String text;
    private final boolean library;
    private int[] lineStarts = {};

    /**
     * @param name    the name that messages show
     * @param text    the text, one char per byte
     * @param library whether the file belongs to the tapset library, where embedded code and constants need no guru mode
     */
    public SourceFile(String name, String text, boolean library) {
        this.name = Objects.requireNonNull(name);
        this.text = Objects.requireNonNull(text);
        this.library = library;
    }

    /** A user's script. */
    public SourceFile(String name, String text) {
        this(name, text, false);
    }

    /** The file made of the given bytes. */
    public static SourceFile of(String name, byte[] bytes, boolean library) {
        return new SourceFile(name, new String(bytes, StandardCharsets.ISO_8859_1), library);
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    public boolean library() {
        return library;
    }

    /** The line of an offset, counted from 1. An offset at the end of the text is on the last line. */
    public int line(int offset) {
        int[] starts = lineStarts();
        int at = Arrays.binarySearch(starts, Math.clamp(offset, 0, text.length()));
        return at >= 0 ? at + 1 : -at - 1;
    }

    /** The column of an offset in bytes, counted from 1. A tab is one column. */
    public int column(int offset) {
        int clamped = Math.clamp(offset, 0, text.length());
        return clamped - lineStarts()[line(clamped) - 1] + 1;
    }

    /** The text of a line (counted from 1) without its line end. */
    public String lineText(int line) {
        int[] starts = lineStarts();
        int start = starts[line - 1];
        int end = line < starts.length ? starts[line] - 1 : text.length();
        if (end > start && text.charAt(end - 1) == '\r') {
            end--;
        }
        return text.substring(start, end);
    }

    public int lineCount() {
        return lineStarts().length;
    }

    /** A span of this file; {@code end} is exclusive. */
    public Span span(int start, int end) {
        return new Span(this, start, end);
    }

    private int[] lineStarts() {
        // A benign race: threads may compute it twice, and get equal arrays.
        int[] starts = lineStarts;
        if (starts.length == 0) {
            starts = findLineStarts(text);
            lineStarts = starts;
        }
        return starts;
    }

    private static int[] findLineStarts(String text) {
        int count = 1;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            count++;
        }
        int[] starts = new int[count];
        int n = 1;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            starts[n++] = i + 1;
        }
        return starts;
    }

    @Override
    public String toString() {
        return name;
    }
}
