package org.jstap.runtime.kernel;

/** What a script has printed, its lines on standard error, and its exit status. */
record Outcome(String output, String messages, int status) { }
