/**
 * What happens between lexer and parser: macros, then conditions and script arguments, as a chain of
 * {@link org.jstap.language.lexer.TokenSource}s that each pull from the one before. Knows nothing of the grammar.
 */
package org.jstap.language.preprocess;
