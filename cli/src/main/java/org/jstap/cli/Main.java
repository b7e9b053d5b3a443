package org.jstap.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Where the process starts. */
public final class Main {
    private static final int BUFFER_BYTES = 8192;

    private Main() { }

    public static void main(String[] words) {
        // Closes what the kernel still holds for us, without waiting for it.
        Runtime.getRuntime().halt(run(words));
    }

    static int run(String... words) {
        PrintStream out = stream(FileDescriptor.out, false);
        PrintStream err = stream(FileDescriptor.err, true);
        int status = new CommandLine(new FileInputStream(FileDescriptor.in), out, err).run(words);
        if (status == CommandLine.UNHEARD) {
            return CommandLine.FAILURE;
        }
        out.flush();
        err.flush();
        return status;
    }

    /** Script text is bytes, held as one char each; so is what is said about it. */
    private static PrintStream stream(FileDescriptor descriptor, boolean autoFlush) {
        return new PrintStream(new java.io.BufferedOutputStream(new FileOutputStream(descriptor), BUFFER_BYTES), autoFlush,
                StandardCharsets.ISO_8859_1);
    }
}
