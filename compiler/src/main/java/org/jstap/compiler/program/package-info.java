/**
 * The result of pass 2: a script in which everything is resolved and typed. Immutable values only; nothing here knows how a
 * handler is run or what eBPF is. {@code analysis} makes these values, {@code lower} turns them into {@code ir}.
 */
package org.jstap.compiler.program;
