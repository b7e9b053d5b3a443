/**
 * Where data of kernel handlers lies: keys and values of maps, the control block, records in the ring buffer. Each layout is one
 * object that the emitter writes by and the host reads by. All numbers are 64 bits in the byte order of the machine; a string
 * fills a field of a multiple of 8 bytes, ends with a zero and has zeros behind it, so that equal strings have equal bytes.
 */
package org.jstap.compiler.kernel.layout;
