/// The reading side of a BPF ring buffer, and waiting for it. What is in a record is the reader's business.
package org.jstap.ebpf.ringbuf;
