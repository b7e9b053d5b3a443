/// The library used by itself, as a reader's first look at it.
package org.jstap.ebpf.example;
