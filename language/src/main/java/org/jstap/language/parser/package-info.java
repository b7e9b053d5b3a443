/**
 * The grammar: a recursive descent parser, one class per part of the language.
 * {@link org.jstap.language.parser.Parser} is the way in. It checks form, never meaning: whether a name exists, a type fits
 * or a probe point matches is for analysis.
 */
package org.jstap.language.parser;
