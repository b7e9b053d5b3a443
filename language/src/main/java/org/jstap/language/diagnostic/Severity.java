package org.jstap.language.diagnostic;

/** How bad a diagnostic is. Only errors stop a translation. */
public enum Severity {
    ERROR,
    WARNING
}
