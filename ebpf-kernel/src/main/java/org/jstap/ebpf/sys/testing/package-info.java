/// A scripted door for unit tests, so that what is done with the kernel's answers can be tested without a kernel.
package org.jstap.ebpf.sys.testing;
