package org.jstap.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A call of the command line within this process. */
record Call(int status, String out, String err) {
    static Call of(String... words) {
        return with("", words);
    }

    /** With a text on standard input. */
    static Call with(String input, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream outStream = new PrintStream(out, false, StandardCharsets.ISO_8859_1);
        PrintStream errStream = new PrintStream(err, false, StandardCharsets.ISO_8859_1);
        int status = new CommandLine(new ByteArrayInputStream(input.getBytes(StandardCharsets.ISO_8859_1)), outStream, errStream).run(words);
        outStream.flush();
        errStream.flush();
        return new Call(status, out.toString(StandardCharsets.ISO_8859_1), err.toString(StandardCharsets.ISO_8859_1));
    }
}
