package org.jstap.runtime;

/**
 * How much goes into one output file, and how many are kept.
 *
 * @param bytes of a file at most, at least 1
 * @param files the newest that are kept, 0 for all
 */
public record Rotation(long bytes, int files) { }
