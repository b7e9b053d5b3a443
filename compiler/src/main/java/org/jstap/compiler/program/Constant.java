package org.jstap.compiler.program;

/** A value known at translation time. Strings hold one byte per char (ISO 8859-1). */
public sealed interface Constant {
    record Number(long value) implements Constant { }

    record Text(String value) implements Constant { }
}
