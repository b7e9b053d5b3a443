/**
 * System calls: the table of their names, numbers and arguments ({@code syscalls.tbl}), the tapset source made of it, and the text of
 * arguments and results. The kernel records numbers and the memory they point to ({@code EncodedText}); names and structures are put
 * into words on the host. Emission of eBPF code has no place here.
 */
package org.jstap.compiler.syscall;
