/** Runs the conformance corpus beside the project, where it is there, through the passes and the host target within the JVM. */
package org.jstap.compiler.conformance;
