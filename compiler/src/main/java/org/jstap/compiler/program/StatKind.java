package org.jstap.compiler.program;

/** Extractors of a statistic. */
public enum StatKind { COUNT, SUM, MIN, MAX, AVG, VARIANCE }
