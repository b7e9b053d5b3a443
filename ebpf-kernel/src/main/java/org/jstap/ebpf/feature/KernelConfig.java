package org.jstap.ebpf.feature;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jstap.ebpf.sys.Files;
import org.jstap.ebpf.sys.SystemCallException;
import org.jstap.ebpf.sys.SystemCalls;

/// The options the kernel was built with.
public final class KernelConfig {

    private final Map<String, String> values;

    private KernelConfig(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /// Reads `/proc/config.gz`, or else `/boot/config-RELEASE`.
    ///
    /// @return empty if neither is there
    static Optional<KernelConfig> read(SystemCalls sys, String release) {
        try {
            byte[] compressed = Files.read(sys, "/proc/config.gz");
            return Optional.of(parse(new GZIPInputStream(new ByteArrayInputStream(compressed))));
        } catch (SystemCallException | IOException e) {
            return readBoot(sys, release);
        }
    }

    private static Optional<KernelConfig> readBoot(SystemCalls sys, String release) {
        try {
            return Optional.of(parse(new ByteArrayInputStream(Files.read(sys, "/boot/config-" + release))));
        } catch (SystemCallException e) {
            return Optional.empty();
        }
    }

    static KernelConfig parse(InputStream text) {
        Map<String, String> values = new HashMap<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
            String line;
            while ((line = reader.readLine()) != null) {
                int equals = line.indexOf('=');
                if (equals > 0 && line.startsWith("CONFIG_")) {
                    values.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the kernel's configuration cannot be read", e);
        }
        return new KernelConfig(values);
    }

    /// The value of an option: `y`, `m`, a number or a quoted string; empty if it is not set.
    public Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }

    /// True if an option is built in or a module.
    public boolean isSet(String option) {
        String value = values.get(option);
        return "y".equals(value) || "m".equals(value);
    }
}
