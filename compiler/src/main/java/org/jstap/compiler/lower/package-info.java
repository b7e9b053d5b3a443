/**
 * Pass 3, first half: from a resolved script to the intermediate representation, the same for both targets. Nothing here decides
 * where a handler runs. {@link org.jstap.compiler.lower.Lowering} is the entry.
 */
package org.jstap.compiler.lower;
