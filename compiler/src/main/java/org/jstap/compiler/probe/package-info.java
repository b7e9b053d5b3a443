/**
 * From probe points to places: aliases, wildcards, alternatives and conditions are resolved here, and each kind of probe point
 * ({@code ProbeKind}) finds its sites in what is known of the kernel ({@code KernelView}). Handlers' code is not looked at; that
 * is {@code analysis}.
 */
package org.jstap.compiler.probe;
