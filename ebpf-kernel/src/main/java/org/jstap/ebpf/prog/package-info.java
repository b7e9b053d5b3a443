/// Programs of the running kernel: having them verified, what the verifier said, running them without an event, and what the kernel
/// counts about them. Attaching them to events is the business of `org.jstap.ebpf.link`.
package org.jstap.ebpf.prog;
