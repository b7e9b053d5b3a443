/**
 * The library of functions, macros and probe aliases. Its files are resources in the SystemTap language ({@code *.stp},
 * {@code *.stpm}); an index of the names that they define, made by {@code TapsetIndex} and committed, tells which few files a script
 * needs, so that no others are parsed. Directories given with {@code -I} are read whole. Nothing here knows what a name means.
 */
package org.jstap.compiler.tapset;
