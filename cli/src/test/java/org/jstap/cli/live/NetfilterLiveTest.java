package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import org.jstap.ebpf.feature.FeatureTests;
import org.jstap.ebpf.feature.Features;
import org.jstap.ebpf.sys.LinuxSystemCalls;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Probes of netfilter see each packet once, and drop those that they are told to and no others. */
class NetfilterLiveTest {
    private static final int PACKETS = 37;
    private static final int PAYLOAD = 10;
    /** Headers of IPv4 and UDP. */
    private static final int HEADERS = 28;

    @BeforeEach
    void needsTheKernel() {
        Requirements.rootAndTypes();
        String missing = new FeatureTests(new LinuxSystemCalls()).explain(Features.NETFILTER).orElse("");
        Assumptions.assumeTrue(missing.isEmpty(), "skipped: " + missing);
    }

    @Test
    void countsPacketsByPort() throws Exception {
        try (DatagramSocket to = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String script = """
                    global n, bytes
                    probe begin { println("ready") }
                    probe netfilter.ipv4.local_in {
                        if (dport == %d && protocol == ipproto_udp) {
                            if (!n++) printf("%%s %%s %%s %%d %%d %%d\\n", saddr, daddr, indev_name, family, $hooknum, $verdict)
                            bytes += length
                        }
                    }
                    probe end { println("n ", n, " ", bytes) }
                    """.formatted(to.getLocalPort());
            try (JstapProcess jstap = JstapProcess.start("-e", script)) {
                jstap.awaitOutput("ready");
                send(to, PACKETS);
                assertThat(received(to)).isEqualTo(PACKETS);
                jstap.signal("INT");
                JstapProcess.Ended ended = jstap.await();
                assertThat(ended.err()).isEmpty();
                assertThat(ended.out().lines()).containsExactly("ready", "127.0.0.1 127.0.0.1 lo 2 1 1",
                        "n " + PACKETS + " " + PACKETS * (PAYLOAD + HEADERS));
            }
        }
    }

    @Test
    void dropsWhatItIsToldToAndNothingElse() throws Exception {
        try (DatagramSocket dropped = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket kept = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String script = """
                    global n
                    probe begin { println("ready") }
                    probe netfilter.ipv4.local_in { if (dport == %d) { $verdict = nf_drop n++ } }
                    probe end { println("n ", n) }
                    """.formatted(dropped.getLocalPort());
            try (JstapProcess jstap = JstapProcess.start("-g", "-e", script)) {
                jstap.awaitOutput("ready");
                send(dropped, PACKETS);
                send(kept, PACKETS);
                assertThat(received(kept)).isEqualTo(PACKETS);
                assertThat(received(dropped)).isZero();
                jstap.signal("INT");
                JstapProcess.Ended ended = jstap.await();
                assertThat(ended.err()).isEmpty();
                assertThat(ended.out().lines()).containsExactly("ready", "n " + PACKETS);
            }
            send(dropped, 1);
            assertThat(received(dropped)).as("packets after the end of the session").isEqualTo(1);
        }
    }

    @Test
    void stopsDroppingByTheCountOfAStatisticAndTellsItInTheEnd() throws Exception {
        try (DatagramSocket to = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String script = """
                    global dropped
                    probe begin { println("ready") }
                    probe netfilter.ipv4.local_in {
                        if (dport == %d && @count(dropped["udp"]) < 5) { $verdict = nf_drop dropped["udp"] <<< length }
                    }
                    probe end { foreach (p in dropped) println(p, " ", @count(dropped[p]), " ", @sum(dropped[p])) }
                    """.formatted(to.getLocalPort());
            try (JstapProcess jstap = JstapProcess.start("-g", "-e", script)) {
                jstap.awaitOutput("ready");
                send(to, PACKETS);
                assertThat(received(to)).isEqualTo(PACKETS - 5);
                jstap.signal("INT");
                JstapProcess.Ended ended = jstap.await();
                assertThat(ended.err()).isEmpty();
                assertThat(ended.out().lines()).containsExactly("ready", "udp 5 " + 5 * (PAYLOAD + HEADERS));
            }
        }
    }

    @Test
    void severalProbesAtOneHookSeeThePacketAndItsData() throws Exception {
        try (DatagramSocket to = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String script = """
                    probe begin { println("ready") }
                    probe netfilter.ipv4.local_out { if (dport == %1$d) println("1 ", pf, " ", data_str) }
                    probe netfilter.ip.local_out { if (dport == %1$d) println("2 ", substr(data_hex, 56, 100)) }
                    probe netfilter.hook("NF_INET_LOCAL_OUT").pf("NFPROTO_IPV4").priority("1") { if ($skb->len == %2$d) println("3") }
                    """.formatted(to.getLocalPort(), PAYLOAD + HEADERS);
            try (JstapProcess jstap = JstapProcess.start("-e", script)) {
                jstap.awaitOutput("ready");
                send(to, 1);
                jstap.awaitOutput("1 ipv4");
                jstap.signal("INT");
                JstapProcess.Ended ended = jstap.await();
                assertThat(ended.err()).isEmpty();
                assertThat(ended.out().lines().filter(line -> line.startsWith("1"))).singleElement().asString()
                        .startsWith("1 ipv4 \"E\\0\\0&").endsWith("\\0".repeat(PAYLOAD) + "\"");
                assertThat(ended.out().lines()).contains("2 " + "00".repeat(PAYLOAD), "3").hasSize(4);
            }
        }
    }

    private static void send(DatagramSocket to, int count) throws Exception {
        try (DatagramSocket from = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < count; i++) {
                from.send(new DatagramPacket(new byte[PAYLOAD], PAYLOAD, to.getLocalSocketAddress()));
            }
        }
    }

    /** On loopback a packet that is not dropped is there when {@code send} returns, or soon. */
    private static int received(DatagramSocket socket) throws Exception {
        socket.setSoTimeout(500);
        int count = 0;
        try {
            while (true) {
                socket.receive(new DatagramPacket(new byte[PAYLOAD], PAYLOAD));
                count++;
            }
        } catch (SocketTimeoutException _) {
            return count;
        }
    }
}
