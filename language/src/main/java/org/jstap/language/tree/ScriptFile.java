package org.jstap.language.tree;

import java.util.List;
import org.jstap.language.source.SourceFile;
import org.jstap.language.source.Span;

/** One parsed file: its declarations in the order written. */
public record ScriptFile(SourceFile source, List<Declaration> declarations) implements Node {
    public ScriptFile {
        declarations = List.copyOf(declarations);
    }

    @Override
    public Span span() {
        return source.span(0, source.text().length());
    }
}
