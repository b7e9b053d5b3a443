/// What the tests share: skipping where the kernel cannot be used, and small programs with a known effect.
package org.jstap.ebpf.testing;
