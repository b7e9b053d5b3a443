/// The only door to the kernel.
///
/// Everything that leaves the JVM goes through one [org.jstap.ebpf.sys.SystemCalls] object: bpf(2), perf_event_open(2),
/// mmap(2) and the rest. Here live the door, the system call numbers, the structures that the calls read and
/// write (explicit offsets, native byte order), and one small class per group of calls. Nothing here knows what a map
/// or a program is good for; policy (retries, fall-backs, explanations) belongs to the packages above.
package org.jstap.ebpf.sys;
