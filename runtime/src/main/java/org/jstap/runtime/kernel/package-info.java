/**
 * The kernel half of a running script: creates maps, loads and attaches programs, decodes records, and lets handlers on the JVM see
 * the globals that they share with handlers in the kernel. Knows neither the command line nor the order of a session.
 */
package org.jstap.runtime.kernel;
