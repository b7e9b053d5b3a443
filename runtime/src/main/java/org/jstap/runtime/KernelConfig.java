package org.jstap.runtime;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.jstap.language.preprocess.PreprocessorEnvironment.KernelConfiguration;

/** How the running kernel was configured: from the kernel itself, or the file that distributions install. Read when first asked. */
public final class KernelConfig implements KernelConfiguration {
    private static final long USUAL_HZ = 250;

    private String text = "";

    /** The text of the configuration, empty where there is none. */
    private synchronized String text() {
        if (text.isEmpty()) {
            String release = System.getProperty("os.version");
            text = "\n" + read("/proc/config.gz", "/boot/config-" + release, "/usr/lib/modules/" + release + "/config") + "\n";
        }
        return text;
    }

    private static String read(String... paths) {
        for (String path : paths) {
            try (FileInputStream file = new FileInputStream(path);
                    InputStream in = path.endsWith(".gz") ? new GZIPInputStream(file) : file) {
                return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            } catch (IOException _) {
                // Each kernel has at most some of them; the next is tried.
                continue;
            }
        }
        return "";
    }

    @Override
    public String value(String option) {
        String all = text();
        String start = "\n" + option + "=";
        int at = all.indexOf(start);
        if (at < 0) {
            return "";
        }
        String value = all.substring(at + start.length(), all.indexOf('\n', at + 1));
        return value.length() >= 2 && value.charAt(0) == '"' ? value.substring(1, value.length() - 1) : value;
    }

    /** Timer ticks in a second (CONFIG_HZ); 250, the value of most distributions, where the configuration is not known. */
    public long ticksPerSecond() {
        String value = value("CONFIG_HZ");
        return value.isEmpty() ? USUAL_HZ : Long.parseLong(value);
    }
}
