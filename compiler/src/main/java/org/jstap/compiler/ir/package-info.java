/**
 * The intermediate representation that both targets take. It is structured: a {@link org.jstap.compiler.ir.Region} is a straight
 * list of operations, and branches, loops and {@code try} are operations that hold regions. So control only goes forwards but for
 * loops, whose bodies are regions of their own: what the verifier wants (a loop body becomes a {@code bpf_loop} callback) and what
 * an interpreter on the JVM walks without a dispatch table. Everything is explicit that a target has to do: access to globals,
 * memory of the probed context, output, errors that carry the script's position.
 */
package org.jstap.compiler.ir;
