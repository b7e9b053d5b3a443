package org.jstap.language.tree;

import org.jstap.language.source.Span;

/** What a function does: a block of the script language, or C code. */
public sealed interface FunctionBody extends Node permits Statement.Block, FunctionBody.EmbeddedCode {

    /** C code, without {@code %{} and {@code %}}. */
    record EmbeddedCode(String code, Span span) implements FunctionBody {
    }
}
