/**
 * What is wrong with a script, as values, and the one class that prints them. All passes report through
 * {@link org.jstap.language.diagnostic.Diagnostics}; nothing here decides what is an error.
 */
package org.jstap.language.diagnostic;
