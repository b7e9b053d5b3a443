package org.jstap.ebpf.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.jstap.ebpf.testing.LiveKernel;

class SystemCallsPerSecondLiveTest {

    @Test
    void printsOneLineASecond() throws Exception {
        LiveKernel.require();
        PrintStream old = System.out;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(text, true));
            SystemCallsPerSecond.main(new String[] {"1"});
        } finally {
            System.setOut(old);
        }
        assertThat(text.toString()).matches("attached to raw tracepoint sys_enter\n[1-9][0-9]* system calls\n");
    }
}
