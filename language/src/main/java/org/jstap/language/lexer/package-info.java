/**
 * From text to tokens. The lexer never fails: what is no token becomes a token of kind
 * {@link org.jstap.language.lexer.TokenKind#JUNK} that carries the message, so that left-out text is only judged where it
 * matters. Knows nothing of macros, conditions or grammar.
 */
package org.jstap.language.lexer;
