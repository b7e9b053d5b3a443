/// What the running kernel can do, found out by trying. Features are tried after something has failed, to explain it, and not before
/// every call: a kernel that can do it is the common case, and its version or configuration proves nothing.
package org.jstap.ebpf.feature;
