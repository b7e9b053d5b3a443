/**
 * Pass 2: from syntax trees to a {@link org.jstap.compiler.program.Program}. {@code Analyser} runs the passes in order: bind names
 * ({@code Binder}), drop what nobody reads ({@code Elision}), find types ({@code TypeInference}), check what types cannot say,
 * emit. The working model is the bound tree, which never leaves this package. What probe points mean belongs to {@code probe},
 * where library files come from to {@code tapset}.
 */
package org.jstap.compiler.analysis;
