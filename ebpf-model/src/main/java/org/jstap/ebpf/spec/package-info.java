/**
 * What is to be made in the kernel, as immutable values: maps, programs, and links that attach programs. A loader reads
 * them; they themselves make no system call and hold no file descriptor.
 */
package org.jstap.ebpf.spec;
