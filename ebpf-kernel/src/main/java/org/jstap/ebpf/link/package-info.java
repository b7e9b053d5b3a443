/// Attaching programs to events: one class for each kind of attachment, each with its own way of asking the kernel and its own
/// explanation of a refusal. Nothing here chooses between kinds: that belongs to those who know what the program is for.
package org.jstap.ebpf.link;
