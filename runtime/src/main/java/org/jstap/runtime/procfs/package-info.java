/**
 * The files of {@code procfs} probes: a small file system that this process serves through the kernel's FUSE protocol
 * (include/uapi/linux/fuse.h), without a library. {@code FuseRequest} and {@code FuseReply} are the protocol, {@code FileTree} is what
 * there is, {@code FuseServer} answers requests, and {@code ProcfsMount} is the mount and the thread that reads from it. Knows nothing
 * of scripts: who makes the texts is handed in.
 */
package org.jstap.runtime.procfs;
