package org.jstap.runtime.kernel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jstap.runtime.KernelConfig;
import org.jstap.runtime.RunSettings;
import org.jstap.runtime.ScriptRunner;
import org.jstap.runtime.StartTimes;

/** Pass 5 as the command line runs it, with the output in a file. */
final class SessionRun {
    /** For scripts whose test would otherwise not end. */
    private static final long DEADLINE = TimeUnit.SECONDS.toNanos(10);

    private SessionRun() { }

    static Outcome run(Translation translation) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            Path file = Files.createTempFile("jstap", ".out");
            try {
                RunSettings settings = new RunSettings(translation.limits(), Optional.empty(), "stap_1", OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalLong.of(DEADLINE), Optional.empty(), Optional.of(file.toString()), false, false, true, false,
                        Optional.empty(), false, Optional.empty());
                int status = ScriptRunner.run(translation.program(), translation.target(), settings, new KernelConfig(),
                        new PrintStream(err, true, StandardCharsets.ISO_8859_1), new StartTimes(false),
                        new TraceableFunctions());
                return new Outcome(Files.readString(file, StandardCharsets.ISO_8859_1), err.toString(StandardCharsets.ISO_8859_1),
                        status);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
