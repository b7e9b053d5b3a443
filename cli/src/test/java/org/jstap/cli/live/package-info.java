/** The whole product as a process of its own, over the running kernel: needs root, and is skipped without. */
package org.jstap.cli.live;
