package org.jstap.cli;

import java.util.Optional;

/** The program of the process that {@code -c} or {@code -x} names. */
final class TargetProgram {
    private TargetProgram() { }

    /** Its name or path; empty where no process is named. */
    static Optional<String> of(Options options) {
        if (options.targetPid().isPresent()) {
            return Optional.of("/proc/" + options.targetPid().getAsInt() + "/exe");
        }
        String word = options.command().isPresent() ? firstWord(options.command().get()) : "";
        return word.isEmpty() ? Optional.empty() : Optional.of(word);
    }

    /** The first word of a command as a shell would read it, as far as nothing in it has to be expanded. */
    static String firstWord(String command) {
        StringBuilder word = new StringBuilder();
        char quote = '\0';
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (quote != '\'' && c == '\\' && i + 1 < command.length()) {
                i++;
                word.append(command.charAt(i));
            } else if (quote != '\0') {
                quote = c == quote ? '\0' : quote;
                if (quote != '\0') {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (!Character.isWhitespace(c)) {
                word.append(c);
            } else if (!word.isEmpty()) {
                return word.toString();
            }
        }
        return word.toString();
    }
}
