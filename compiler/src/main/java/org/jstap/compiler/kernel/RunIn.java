package org.jstap.compiler.kernel;

/** Where handlers run that could run on either side ({@code --run-in=}). */
public enum RunIn { AUTO, HOST, KERNEL }
