package org.jstap.cli;

/** A command line that cannot be understood; the message is one line for the user, and often one word is to blame. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int word;

    UsageException(String message) {
        // No stack trace: it tells about the command line, not about our code.
        super(message, null, false, false);
        this.word = -1;
    }

    private UsageException(String message, int word) {
        super(message, null, false, false);
        this.word = word;
    }

    /** The same with the position of the word that was read last. */
    UsageException at(int index) {
        return new UsageException(getMessage(), index);
    }

    /** The whole text: the message, and the command line with a caret under the word. */
    String text(String... words) {
        StringBuilder text = new StringBuilder("jstap: ").append(getMessage());
        if (word < 0 || word >= words.length) {
            return text.toString();
        }
        StringBuilder line = new StringBuilder("jstap");
        int column = 0;
        for (int i = 0; i < words.length; i++) {
            line.append(' ');
            if (i == word) {
                column = line.length();
            }
            line.append(words[i].replace('\n', ' '));
        }
        text.append("\n         at: <input>:1:").append(column + 1).append(" (the command line)\n     source: ").append(line)
                .append("\n             ");
        return text.append(" ".repeat(column)).append('^').toString();
    }
}
