package org.jstap.language.tree;

import java.util.Optional;
import org.jstap.language.source.Span;

/** A function's parameter, with the type where one is written. */
public record Parameter(String name, Optional<ValueType> type, Span span) implements Node {
}
