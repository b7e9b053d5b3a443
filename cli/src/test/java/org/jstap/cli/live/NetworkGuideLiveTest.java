package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jstap.symbols.Kallsyms;
import org.jstap.symbols.SymbolLocation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of the network guide give the right numbers. */
class NetworkGuideLiveTest {
    private static final Pattern ROW = Pattern.compile("\\s*(\\d+)\\s+(\\d+)\\s+(\\S+)\\s+(\\d+)\\s+(\\d+)\\s+(\\d+)\\s+(\\d+) (.+)");
    private static final Pattern DROP = Pattern.compile("(\\d+) packets dropped at location 0x([0-9a-f]+)");

    @TempDir
    Path directory;

    @BeforeEach
    void needsTheKernel() {
        Requirements.rootAndTypes();
        Requirements.command("python3");
    }

    /** The loopback device of a network namespace of its own, under a name of its own, so that nobody else's packets count. */
    @Test
    void nettopAccountsForEveryPacketOverManyReports() throws Exception {
        Requirements.command("unshare");
        Requirements.command("ip");
        Path flood = Requirements.guide("udp-flood.py");
        String script = Files.readString(Requirements.guide("nettop.stp"), StandardCharsets.ISO_8859_1);
        Path often = Files.writeString(directory.resolve("nettop.stp"), script.replace("5000", "100"), StandardCharsets.ISO_8859_1);
        String command = "unshare -n sh -c 'ip link set lo name flood0 && ip link set flood0 up && python3 " + flood + " 300000'";
        try (JstapProcess jstap = JstapProcess.start(often.toString(), "-c", command)) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.status()).isZero();
            long sent = 0;
            long received = 0;
            for (String line : ended.out().lines().toList()) {
                Matcher row = ROW.matcher(line);
                if (row.matches() && row.group(3).equals("flood0")) {
                    sent += Long.parseLong(row.group(4));
                    received += Long.parseLong(row.group(5));
                }
            }
            assertThat(ended.out().lines().filter(line -> line.contains("XMIT_PK")).count()).as("reports").isGreaterThan(3);
            assertThat(sent).isEqualTo(300_000);
            assertThat(received).isEqualTo(300_000);
        }
    }

    @Test
    void dropwatchCountsDatagramsThatNobodyWaitsFor() throws Exception {
        Path traffic = Requirements.guide("traffic.py");
        try (JstapProcess jstap = JstapProcess.start(Requirements.guide("dropwatch.stp").toString(), "-c",
                "sh -c 'python3 " + traffic + "; sleep 6'")) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.status()).isZero();
            assertThat(ended.out()).startsWith("Monitoring for dropped packets\n").endsWith("Stopping dropped packet monitor\n");
            Kallsyms symbols = Kallsyms.read(Kallsyms.PROC);
            long udp = 0;
            for (String line : ended.out().lines().toList()) {
                Matcher drop = DROP.matcher(line);
                if (drop.matches()) {
                    Optional<SymbolLocation> at = symbols.at(HexFormat.fromHexDigitsToLong(drop.group(2)));
                    assertThat(at).as("the address of %s is one of the kernel", line).isPresent();
                    udp += at.get().symbol().name().startsWith("__udp4_lib_rcv") ? Long.parseLong(drop.group(1)) : 0;
                }
            }
            assertThat(udp).as("drops of UDP in: %s", ended.out()).isEqualTo(3);
        }
    }
}
