package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SystemTap's aliases with their documented variables, as the running kernel resolves them. */
class AliasFamiliesLiveTest {
    private static final Path ALIASES = Path.of("..", "..", "shared", "reference", "probe-aliases.tsv");
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final List<String> FAMILIES = List.of("scheduler", "signal", "kprocess", "irq_handler", "softirq", "workqueue",
            "ioblock", "ioblock_trace", "vm", "tcp", "udp", "ipmib", "linuxmib");
    /** Most that may be absent: what they stand for is gone from newer kernels, as the tracepoints of work queues. */
    private static final double ABSENT = 0.1;

    @BeforeEach
    void needsTheKernel() {
        Requirements.rootAndTypes();
        Assumptions.assumeTrue(Files.exists(ALIASES), "skipped: no shared folder with the list of aliases beside the project");
    }

    @Test
    void aliasesHaveTheirDocumentedVariables() throws Exception {
        Map<String, Set<String>> known = new HashMap<>();
        for (String family : FAMILIES) {
            try (JstapProcess jstap = JstapProcess.start("-L", family + ".**")) {
                for (String line : jstap.await().out().split("\n")) {
                    known.put(line.split(" ")[0], variables(line));
                }
            }
        }
        List<String> absent = new ArrayList<>();
        List<String> lacking = new ArrayList<>();
        int rows = 0;
        for (String[] row : rows()) {
            rows++;
            Set<String> wanted = new HashSet<>();
            for (String variable : row[1].split(", ")) {
                wanted.add(variable.split(":")[0]);
            }
            wanted.remove("");
            Set<String> there = known.get(row[0]);
            if (there == null) {
                absent.add(row[0]);
            } else if (!there.containsAll(wanted)) {
                wanted.removeAll(there);
                lacking.add(row[0] + " " + wanted);
            }
        }
        assertThat(rows).isGreaterThan(90);
        assertThat(lacking).isEmpty();
        assertThat(absent.size()).as("absent: %s", absent).isLessThanOrEqualTo((int) (rows * ABSENT));
    }

    @Test
    void securityModulesAreAskedForEachFileThatIsOpened() throws Exception {
        Requirements.functionProbes(true);
        // An overlay opens a file a second time below itself, and asks for that too.
        Assumptions.assumeTrue(Files.isDirectory(MEMORY), "skipped: no file system in memory at " + MEMORY);
        Path file = Files.createTempFile(MEMORY, "jstap-asked", "");
        try (JstapProcess jstap = JstapProcess.start("-c", "sh -c 'for i in 1 2 3 4 5; do : <" + file + "; done; chmod 600 " + file + "'",
                "-e", """
                global opened, allowed, changed
                probe lsm.file_open { if (d_name(file->f_path->dentry) == "NAME") opened++ }
                probe kernel.lsm("file_open").return { if (d_name(@entry($file->f_path->dentry)) == "NAME" && !$return) allowed++ }
                probe lsm.path_chmod { if (path == "FILE") changed++ }
                probe end { println(opened, " ", allowed, " ", changed) }
                """.replace("FILE", file.toRealPath().toString()).replace("NAME", file.getFileName().toString()))) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.out()).isEqualTo("5 5 1\n");
        } finally {
            Files.delete(file);
        }
    }

    /** Names of the variables in a line of a listing: {@code name:type}, after the probe point. */
    private static Set<String> variables(String line) {
        Set<String> names = new HashSet<>();
        for (String word : line.split(" ")) {
            int colon = word.indexOf(':');
            if (colon > 0) {
                names.add(word.substring(0, colon));
            }
        }
        return names;
    }

    private static List<String[]> rows() throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(ALIASES)) {
            String[] columns = line.split("\t");
            if (FAMILIES.contains(columns[0].split("\\.")[0])) {
                rows.add(columns);
            }
        }
        return rows;
    }
}
