/**
 * The host target: makes the handlers of an {@link org.jstap.compiler.ir.IrProgram} runnable on the JVM, with SystemTap's arithmetic,
 * strings, arrays, statistics, limits and error texts. Everything that touches a process, a terminal or a kernel comes through
 * {@link org.jstap.compiler.host.HostServices}; nothing here makes a system call or knows eBPF.
 */
package org.jstap.compiler.host;
