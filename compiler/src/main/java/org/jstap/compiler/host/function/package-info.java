/** The functions that the tapset cannot say in the SystemTap language, for the JVM. One class per subject; no state between calls. */
package org.jstap.compiler.host.function;
