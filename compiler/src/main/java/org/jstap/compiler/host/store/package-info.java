/**
 * Where globals live. Handlers see the small interfaces only, so that a global shared with kernel handlers can stand behind the same
 * ones; the implementations here keep everything in the JVM.
 */
package org.jstap.compiler.host.store;
