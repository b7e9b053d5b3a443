/** Small passes over the intermediate form of handlers that run in the kernel; {@code KernelPasses} lists them in order. */
package org.jstap.compiler.kernel.transform;
