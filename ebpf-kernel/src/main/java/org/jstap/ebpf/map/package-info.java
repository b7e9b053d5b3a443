/// Maps of the running kernel, made from the specifications of `org.jstap.ebpf.spec`. Keys and values are bytes: what they mean is
/// known to those who lay them out.
package org.jstap.ebpf.map;
