package org.jstap.cli;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jstap.cli.Options.ScriptInput;
import org.jstap.language.source.SourceFile;

/** Reads the text of scripts. */
final class ScriptLoader {
    /** The name of a script that stands in no file, in messages. */
    static final String NO_FILE = "<input>";

    private final InputStream standardInput;

    ScriptLoader(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    /** @throws UnreadableException with a message for the user */
    SourceFile load(ScriptInput input) throws UnreadableException {
        if (input instanceof ScriptInput.Text text) {
            return new SourceFile(NO_FILE, oneCharPerByte(text.text()));
        }
        return input instanceof ScriptInput.File file ? file(file.path()) : standardInput();
    }

    /** Words of the command line are decoded by the JVM; script text is bytes. */
    static String oneCharPerByte(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) >= 0x80) {
                return new String(word.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        java.nio.charset.StandardCharsets.ISO_8859_1);
            }
        }
        return word;
    }

    private SourceFile standardInput() throws UnreadableException {
        try {
            return SourceFile.of(NO_FILE, standardInput.readAllBytes(), false);
        } catch (IOException e) {
            throw new UnreadableException("standard input cannot be read: " + reason(e));
        }
    }

    private static SourceFile file(String path) throws UnreadableException {
        if (new File(path).isDirectory()) {
            throw new UnreadableException("Input file '" + path + "' is a directory; give a script in it.");
        }
        try (FileInputStream in = new FileInputStream(path)) {
            return SourceFile.of(path, in.readAllBytes(), false);
        } catch (IOException e) {
            throw new UnreadableException("Input file '" + path + "' cannot be read: " + reason(e) + ".");
        }
    }

    /** The kernel's words alone: Java puts the file's name in front and them in parentheses. */
    static String reason(IOException e) {
        String message = e.getMessage();
        if (message == null) {
            return e.getClass().getSimpleName();
        }
        int open = message.lastIndexOf('(');
        return open >= 0 && message.endsWith(")") ? message.substring(open + 1, message.length() - 1) : message;
    }

    /** A script that cannot be read. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message, null, false, false);
        }
    }
}
