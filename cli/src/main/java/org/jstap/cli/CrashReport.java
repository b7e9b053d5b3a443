package org.jstap.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a user sees of an exception that nobody expected: that it is our bug, and what to send us. */
final class CrashReport {
    private CrashReport() { }

    /**
     * Tells about it, with the trace in a file of the temporary directory, or at once where {@code verbose}.
     *
     * @param doing what was under way, as {@code pass 2}
     */
    static void print(PrintStream err, String doing, Throwable bug, boolean verbose) {
        err.println("jstap: internal error in " + doing + ": " + summary(bug));
        String trace = trace(doing, bug);
        if (verbose) {
            err.print(trace);
            err.println("This is a bug of jstap, not of the script. Please report it with the script and the lines above.");
            return;
        }
        try {
            Path file = Files.createTempFile("jstap-error-", ".txt");
            Files.writeString(file, trace);
            err.println("This is a bug of jstap, not of the script. Please report it with the script and the file " + file + ".");
        } catch (IOException e) {
            err.println("This is a bug of jstap, not of the script. Please report it with the script and what is printed with -v.");
        }
    }

    private static String summary(Throwable bug) {
        if (bug instanceof StackOverflowError) {
            return "the script nests too deeply";
        }
        if (bug instanceof OutOfMemoryError) {
            return "out of memory";
        }
        String name = bug.getClass().getName();
        String kind = name.substring(name.lastIndexOf('.') + 1);
        String message = bug.getMessage();
        return message == null ? kind : kind + ", " + firstLine(message);
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private static String trace(String doing, Throwable bug) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        writer.print(Version.text());
        writer.println("In " + doing + ":");
        bug.printStackTrace(writer);
        writer.flush();
        return text.toString();
    }
}
