package org.jstap.ebpf.prog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the verifier wrote about a program, read leniently: its form changes from kernel to kernel, so nothing here depends on
/// one line being there, and the raw text is kept.
///
/// @param raw the whole text, as the kernel wrote it
/// @param truncated whether the kernel had more to say than it was given room for
public record VerifierLog(String raw, boolean truncated) {

    private static final int SUMMARY_LINES = 12;
    private static final String SOURCE_MARK = "; ";
    private static final String PLACE_MARK = " @ ";

    /// A line of the source that the kernel quotes, as far as the log tells.
    ///
    /// @param text the quoted line
    /// @param file its file; empty before Linux 6.8
    /// @param line its number from 1; 0 before Linux 6.8
    public record SourceLine(String text, String file, int line) {}

    /// No log, as for an error before the verifier began.
    static final VerifierLog NONE = new VerifierLog("", false);

    /// True if the kernel said nothing.
    public boolean isEmpty() {
        return raw.isBlank();
    }

    /// The lines that matter most: the last ones that are neither statistics nor blank, oldest first.
    ///
    /// @param most how many at most
    public List<String> lastLines(int most) {
        List<String> lines = significantLines();
        return List.copyOf(lines.subList(Math.max(0, lines.size() - most), lines.size()));
    }

    /// The last lines for a message, at most 12.
    public List<String> summary() {
        return lastLines(SUMMARY_LINES);
    }

    /// The verifier's verdict: the last line that is not statistics; empty if there is none.
    public String verdict() {
        List<String> last = lastLines(1);
        return last.isEmpty() ? "" : last.getFirst();
    }

    /// Whether the verifier stopped before the program's first instruction, so that not the code is at fault but what it is to be
    /// attached to (`bpf_check` in kernel/bpf/verifier.c). False where the log does not tell.
    public boolean isBeforeCode() {
        return raw.contains("processed 0 insns");
    }

    /// The source line that the kernel quoted last, which is where it stopped.
    public Optional<SourceLine> sourceLine() {
        List<String> lines = significantLines();
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).startsWith(SOURCE_MARK)) {
                return Optional.of(source(lines.get(i).substring(SOURCE_MARK.length())));
            }
        }
        return Optional.empty();
    }

    private static SourceLine source(String quoted) {
        int place = quoted.lastIndexOf(PLACE_MARK);
        int colon = quoted.lastIndexOf(':');
        if (place < 0 || colon < place || colon + 1 == quoted.length()) {
            return new SourceLine(quoted, "", 0);
        }
        int number = 0;
        for (int i = colon + 1; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c < '0' || c > '9' || number > 100_000_000) {
                return new SourceLine(quoted, "", 0);
            }
            number = number * 10 + c - '0';
        }
        return new SourceLine(quoted.substring(0, place), quoted.substring(place + PLACE_MARK.length(), colon), number);
    }

    private List<String> significantLines() {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < raw.length()) {
            int end = raw.indexOf('\n', start);
            if (end < 0) {
                end = raw.length();
            }
            String line = raw.substring(start, end).stripTrailing();
            if (!line.isEmpty() && !isStatistics(line)) {
                lines.add(line);
            }
            start = end + 1;
        }
        return lines;
    }

    private static boolean isStatistics(String line) {
        return line.startsWith("processed ") && line.contains(" insns")
                || line.startsWith("verification time ")
                || line.startsWith("stack depth ")
                || line.startsWith("mark_precise: ")
                || line.startsWith("arg#") && line.endsWith("is not CTX");
    }
}
