package org.jstap.compiler.program;

/** A local variable or parameter of one handler or function; {@code id} counts from 0 within it. */
public record Local(int id, String name, Type type) { }
