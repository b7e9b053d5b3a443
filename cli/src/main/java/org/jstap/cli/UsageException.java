package org.jstap.cli;

/** A command line that cannot be understood; the message is one line for the user. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        // No stack trace: it tells about the command line, not about our code.
        super(message, null, false, false);
    }
}
