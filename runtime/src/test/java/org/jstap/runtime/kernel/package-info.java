/** Handlers in the kernel: the same scripts on the JVM, in the interpreter of eBPF and in the running kernel. */
package org.jstap.runtime.kernel;
