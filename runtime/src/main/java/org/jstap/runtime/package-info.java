/**
 * A script that runs: what happens in which order from the first attached probe to the last line of output, on one thread. Holds the
 * event loop, timers, the target command, files of procfs probes, output and the live kernel that pass 2 asks. Knows nothing of the
 * command line.
 */
package org.jstap.runtime;
