package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jstap.ebpf.feature.FeatureTests;
import org.jstap.ebpf.feature.Features;
import org.jstap.ebpf.sys.LinuxSystemCalls;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counters of SNMP that have a tracepoint count what was done; those on functions are tested in the lab. */
class CountersOfSnmpLiveTest {
    private static final int CLOSED = 6;
    private static final int ABORTED = 2;
    private static final int LOST = 2;
    private static final int PAYLOAD = 10;
    private static final String FILTER = """
            function tcpmib_filter_key:long (sk:long, op:long) {
                return sk && (tcpmib_local_port(sk) == %1$d || tcpmib_remote_port(sk) == %1$d) ? 7 : 0
            }
            probe begin { println("ready") }
            """;

    @BeforeEach
    void needsTheKernel() {
        Requirements.rootAndTypes();
    }

    @Test
    void countsConnectionsThatAreOpenAndThoseThatAreReset() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            String script = FILTER.formatted(server.getLocalPort()) + """
                    global up
                    probe tcpmib.CurrEstab { if (key == 7 && op > 0) up++ }
                    probe tcpmib.EstabResets { } probe tcpmib.OutRsts { }
                    probe end { println(up, " ", CurrEstab[7], " ", EstabResets[7], " ", OutRsts[7]) }
                    """;
            try (JstapProcess jstap = JstapProcess.start("-e", script)) {
                jstap.awaitOutput("ready");
                for (int i = 0; i < CLOSED + ABORTED; i++) {
                    connection(server, i >= CLOSED);
                }
                jstap.signal("INT");
                JstapProcess.Ended ended = jstap.await();
                assertThat(ended.err()).isEmpty();
                assertThat(ended.out().lines()).containsExactly("ready",
                        2 * (CLOSED + ABORTED) + " 0 " + 2 * ABORTED + " " + ABORTED);
            }
        }
    }

    @Test
    void countsSegmentsThatAreSentAgain() throws Exception {
        String missing = new FeatureTests(new LinuxSystemCalls()).explain(Features.NETFILTER).orElse("");
        Assumptions.assumeTrue(missing.isEmpty(), "skipped, packets cannot be dropped: " + missing);
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            String script = FILTER.formatted(server.getLocalPort()) + """
                    global lost
                    probe tcpmib.RetransSegs { }
                    probe netfilter.ipv4.local_in {
                        if (protocol == ipproto_tcp && dport == %d && length > 60 && psh && @count(lost) < %d) {
                            $verdict = nf_drop
                            lost <<< length
                        }
                    }
                    probe end { println(RetransSegs[7], " ", @count(lost)) }
                    """.formatted(server.getLocalPort(), LOST);
            try (JstapProcess jstap = JstapProcess.start("-g", "-e", script)) {
                jstap.awaitOutput("ready");
                try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort()); Socket accepted = server.accept()) {
                    client.getOutputStream().write(new byte[PAYLOAD]);
                    assertThat(accepted.getInputStream().readNBytes(PAYLOAD)).hasSize(PAYLOAD);
                }
                jstap.signal("INT");
                JstapProcess.Ended ended = jstap.await();
                assertThat(ended.err()).isEmpty();
                assertThat(ended.out().lines()).containsExactly("ready", LOST + " " + LOST);
            }
        }
    }

    /** Both ends are closed when it returns; the last state of each was told before its descriptor was given back, or soon. */
    private static void connection(ServerSocket server, boolean abort) throws Exception {
        try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort()); Socket accepted = server.accept()) {
            if (abort) {
                client.setSoLinger(true, 0);
            }
            client.close();
            try {
                assertThat(accepted.getInputStream().read()).isEqualTo(-1);
            } catch (java.net.SocketException reset) {
                assertThat(abort).as("%s", reset).isTrue();
            }
        }
    }
}
