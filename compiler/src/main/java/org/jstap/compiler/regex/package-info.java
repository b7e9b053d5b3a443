/**
 * Regular expressions of {@code =~}: POSIX-like syntax over bytes, the leftmost match, of those the longest, groups greedy from the
 * left. A pattern becomes a small automaton program ({@code Automaton}); from it come the matcher with groups and the plain table
 * ({@link org.jstap.compiler.regex.Dfa}) that a target without memory can run. Time is linear in the text. Knows nothing of scripts.
 */
package org.jstap.compiler.regex;
