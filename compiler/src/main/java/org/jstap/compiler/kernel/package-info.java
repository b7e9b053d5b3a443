/**
 * The kernel target: from the intermediate representation to specifications of eBPF programs and maps. It asks no kernel and makes
 * no system call; the same program gives the same bytes. {@code transform} shapes the code for eBPF, {@code layout} decides where
 * data lies, {@code emit} writes instructions.
 */
package org.jstap.compiler.kernel;
