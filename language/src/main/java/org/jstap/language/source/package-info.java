/**
 * Script text and places in it. Knows nothing of tokens or trees, and reads no files: whoever has the bytes makes the
 * {@link org.jstap.language.source.SourceFile}.
 */
package org.jstap.language.source;
