package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot run says so, with what to do about it. */
class RefusalsLiveTest {
    private static final List<String> AS_NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    @TempDir
    Path directory;

    private static JstapProcess.Ended run(String... words) throws Exception {
        try (JstapProcess jstap = JstapProcess.start(words)) {
            return jstap.await();
        }
    }

    private static void assertRefused(JstapProcess.Ended ended, String... texts) {
        assertThat(ended.err()).contains(texts).doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(ended.out()).isEmpty();
        assertThat(ended.status()).isEqualTo(1);
    }

    @Test
    void withoutTheRightsItSaysWhichItNeeds() throws Exception {
        Requirements.rootAndTypes();
        Requirements.anotherUser(AS_NOBODY);
        try (JstapProcess jstap = JstapProcess.startAs(AS_NOBODY, "-e", "probe kernel.trace(\"sched_switch\") { println(1) }")) {
            assertRefused(jstap.await(), "EPERM", "run as root", "CAP_BPF");
        }
    }

    @Test
    void withoutTheRightsAScriptOfTheJvmRuns() throws Exception {
        Requirements.rootAndTypes();
        Requirements.anotherUser(AS_NOBODY);
        try (JstapProcess jstap = JstapProcess.startAs(AS_NOBODY, "-e", "probe begin { println(uid()); exit() }")) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.out()).isEqualTo("65534\n");
            assertThat(ended.status()).isZero();
        }
    }

    @Test
    void withoutTheRightsNoFilesAreServed() throws Exception {
        Requirements.rootAndTypes();
        Requirements.anotherUser(AS_NOBODY);
        try (JstapProcess jstap = JstapProcess.startAs(AS_NOBODY, "-e", "probe procfs(\"f\").read { $value = \"1\" } probe begin { println(1) }")) {
            assertRefused(jstap.await(), "the files of procfs(\"f\").read cannot be served");
        }
    }

    @Test
    void functionProbesNameTheMechanismsTriedAndTheKernelsAnswers() throws Exception {
        Requirements.rootAndTypes();
        Requirements.functionProbes(false);
        assertRefused(run(Requirements.guide("socket-trace.stp").toString()), "ERROR: probe kernel.function(\"",
                "cannot be attached (at ", "socket-trace.stp:2:1)", "\n  kprobe.multi: ", "BPF_LINK_CREATE", "EOPNOTSUPP",
                "\n  kprobe: ", "ENOENT", "it was built without CONFIG_FPROBE", "CONFIG_KPROBE");
    }

    @Test
    void optionalFunctionProbesWarnTheSameWayAndGoOn() throws Exception {
        Requirements.rootAndTypes();
        Requirements.functionProbes(false);
        JstapProcess.Ended ended = run("-T", "1", Requirements.guide("tcp_connections.stp").toString());
        assertThat(ended.err()).contains("WARNING: probe kernel.function(\"inet_csk_accept\").return is left out", "\n  fexit: ",
                "\n  kretprobe.multi: ", "\n  kretprobe: ").doesNotContain("ERROR");
        assertThat(ended.out()).contains("IP_SOURCE");
        assertThat(ended.status()).isZero();
    }

    @Test
    void aPatternThatMatchesNothingShowsNearNames() throws Exception {
        Requirements.rootAndTypes();
        assertRefused(run("-e", "probe kernel.trace(\"kfree_skbb\") { }"), "'kfree_skbb'", "similar: kfree_skb", "<input>:1:14");
        assertRefused(run("-e", "probe kernel.function(\"tcp_sendmsgg\") { }"), "'tcp_sendmsgg'", "tcp_sendmsg,");
    }

    @Test
    void aTypeErrorNamesBothPlaces() throws Exception {
        assertRefused(run("-e", "global a probe begin { a = 1; a = \"x\" } probe end { println(a) }"), "type mismatch (string)",
                "<input>:1:31", "first inferred here (long)", "<input>:1:24");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws Exception {
        assertRefused(run(directory.resolve("absent.stp").toString()), "absent.stp", "No such file or directory");
        assertRefused(run(directory.toString()), "is a directory");
    }

    @Test
    void aFileThatMayNotBeReadIsNamed() throws Exception {
        Requirements.rootAndTypes();
        Requirements.anotherUser(AS_NOBODY);
        Path secret = Files.writeString(directory.resolve("secret.stp"), "probe begin { exit() }");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        try (JstapProcess jstap = JstapProcess.startAs(AS_NOBODY, secret.toString())) {
            assertRefused(jstap.await(), "secret.stp", "Permission denied");
        }
    }

    @Test
    void aMissingValueIsNamed() throws Exception {
        assertRefused(run("-T"), "option '-T' requires a number of seconds");
        assertRefused(run("-c"), "option '-c' requires a command");
    }
}
