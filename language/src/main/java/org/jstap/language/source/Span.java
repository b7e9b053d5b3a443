package org.jstap.language.source;

import java.util.Optional;

/**
 * A piece of a source file.
 *
 * @param start        offset of the first byte
 * @param end          offset after the last byte; equal to {@code start} for an empty place such as the end of the file
 * @param expandedFrom where the macro was used, if the text stands in a macro's body
 * @param calledFrom   the call, if the text stands in a function that has become part of what calls it
 */
public record Span(SourceFile file, int start, int end, Optional<Span> expandedFrom, Optional<Span> calledFrom) {
    public Span(SourceFile file, int start, int end, Optional<Span> expandedFrom) {
        this(file, start, end, expandedFrom, Optional.empty());
    }

    public Span(SourceFile file, int start, int end) {
        this(file, start, end, Optional.empty());
    }

    /** The same place, as it is come to by way of a call. */
    public Span calledFrom(Span call) {
        return new Span(file, start, end, expandedFrom, Optional.of(call));
    }

    public int line() {
        return file.line(start);
    }

    public int column() {
        return file.column(start);
    }

    /** The text as written. */
    public String text() {
        int length = file.text().length();
        return file.text().substring(Math.min(start, length), Math.min(end, length));
    }

    /** {@code file:line:column}. */
    public String position() {
        return file.name() + ":" + line() + ":" + column();
    }

    /**
     * From the start of this span to the end of another. Where the other is in a macro that was used after this one, to
     * the end of that use; just this one where they have no text in common.
     */
    public Span to(Span last) {
        Span other = last;
        while (other.expandedFrom.isPresent() && !sameExpansion(other)) {
            other = other.expandedFrom.get();
        }
        if (other.file != file || other.end < start || !sameExpansion(other)) {
            return this;
        }
        return new Span(file, start, Math.max(end, other.end), expandedFrom);
    }

    private boolean sameExpansion(Span other) {
        if (expandedFrom.isEmpty() || other.expandedFrom.isEmpty()) {
            return expandedFrom.isEmpty() && other.expandedFrom.isEmpty();
        }
        Span mine = expandedFrom.get();
        Span its = other.expandedFrom.get();
        return mine == its || mine.file == its.file && mine.start == its.start && mine.sameExpansion(its);
    }

    /** The same place, seen as part of a macro that was used at the given place. */
    public Span withExpandedFrom(Span use) {
        return new Span(file, start, end, Optional.of(use));
    }

    /** The outermost place: where the user wrote the text or used the macro. */
    public Span outermost() {
        Span span = this;
        while (span.expandedFrom.isPresent()) {
            span = span.expandedFrom.get();
        }
        return span;
    }

    @Override
    public String toString() {
        return position();
    }
}
