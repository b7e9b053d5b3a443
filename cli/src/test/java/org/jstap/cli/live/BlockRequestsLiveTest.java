package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.nio.file.ExtendedOpenOption;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads past the page cache, each of which is one request to the disk; the rest of these families is tested in the lab. */
class BlockRequestsLiveTest {
    private static final int READS = 100;
    private static final int BLOCK = 4096;
    /** Of which each block of a file lies in one piece on a device. */
    private static final List<String> ON_DISK = List.of("ext4", "xfs");

    private final long pid = ProcessHandle.current().pid();

    @TempDir
    Path directory;

    @BeforeEach
    void needsTheKernelAndADisk() throws Exception {
        Requirements.rootAndTypes();
        String type = Files.getFileStore(directory).type();
        Assumptions.assumeTrue(ON_DISK.contains(type), "skipped: temporary files are on " + type + ", not on one of " + ON_DISK);
    }

    @Test
    void eachReadIsOneRequestThatIsIssuedAndCompleted() throws Exception {
        Path file = Files.write(directory.resolve("blocks"), new byte[READS * BLOCK]);
        try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        String script = """
                global sector_of, requests, traced, issued, completed, devices
                probe ioblock.request {
                    if (pid() == PID && bio_rw_str(rw) == "R" && size == BLOCK) { requests <<< size; devices[devname] = 1; sector_of[sector] = 1 }
                }
                probe ioblock_trace.request { if (pid() == PID && rw == 0 && size == BLOCK && q) traced++ }
                probe ioscheduler_trace.elv_issue_request { if (sector_of[@cast(rq, "struct request")->__sector]) issued++ }
                probe ioscheduler.elv_completed_request { if (sector_of[@cast(rq, "struct request")->__sector]) completed++ }
                probe timer.ms(1) { if (!ready++) println("ready") }
                global ready
                probe end {
                    foreach (device in devices) println("device ", device)
                    println(@count(requests), " ", @sum(requests), " ", traced, " ", issued, " ", completed)
                }
                """.replace("PID", Long.toString(pid)).replace("BLOCK", Integer.toString(BLOCK));
        try (JstapProcess jstap = JstapProcess.start("-e", script);
                FileChannel read = FileChannel.open(file, StandardOpenOption.READ, ExtendedOpenOption.DIRECT)) {
            jstap.awaitOutput("ready");
            ByteBuffer block = ByteBuffer.allocateDirect(2 * BLOCK).alignedSlice(BLOCK).limit(BLOCK);
            for (int i = 0; i < READS; i++) {
                assertThat(read.read(block.clear().limit(BLOCK), (long) i * BLOCK)).isEqualTo(BLOCK);
            }
            jstap.signal("INT");
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).isEmpty();
            List<String> lines = ended.out().lines().toList();
            assertThat(lines).hasSize(3);
            assertThat(Path.of("/sys/class/block", lines.get(1).substring("device ".length()))).exists();
            assertThat(lines.get(2)).isEqualTo("%1$d %2$d %1$d %1$d %1$d".formatted(READS, READS * BLOCK));
        }
    }
}
