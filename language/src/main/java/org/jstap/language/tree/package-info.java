/**
 * The syntax tree of a script: immutable sealed records, each with the {@link org.jstap.language.source.Span} it was
 * written at. A tree says what was written, after macros and conditions; what names mean is decided by analysis. Nothing
 * here may know of types beyond what is spelled, of kernels or of tokens.
 *
 * <p>Two equal pieces of text at different places are different nodes. The span is always the last component of a record.
 */
package org.jstap.language.tree;
