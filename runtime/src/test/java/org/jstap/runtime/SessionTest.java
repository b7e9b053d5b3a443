package org.jstap.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jstap.compiler.analysis.Analyser;
import org.jstap.compiler.analysis.AnalysisOptions;
import org.jstap.compiler.host.Lifecycle;
import org.jstap.compiler.host.Limits;
import org.jstap.compiler.host.store.GlobalStorage;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.lower.Lowering;
import org.jstap.compiler.tapset.Tapset;
import org.jstap.language.parser.ParseOptions;
import org.jstap.language.parser.Parser;
import org.jstap.language.preprocess.PreprocessorEnvironment;
import org.jstap.language.source.SourceFile;
import org.junit.jupiter.api.Test;

/** The order of a session, with a kernel side that only notes what is asked of it. */
class SessionTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ScriptOutput output = new ScriptOutput(out);
    private final List<String> order = new ArrayList<>();

    /** Notes the calls in one list with the script's output, and hands over one batch of records. */
    private class NotingKernel implements KernelSide {
        private final List<String> records = new ArrayList<>();
        /** Records of handlers that still run when they are told to stop. */
        private final List<String> lastRecords = new ArrayList<>();
        private boolean attaches = true;
        private long lost;
        private long skipped;
        private long missed;

        private void note(String call) {
            output.flush();
            if (out.size() > 0) {
                order.add("output " + out.toString(StandardCharsets.ISO_8859_1).strip());
                out.reset();
            }
            order.add(call);
        }

        @Override
        public boolean attach(Complaints complaints) {
            note("attach");
            return attaches;
        }

        @Override
        public void enable() {
            note("enable");
        }

        @Override
        public void disable() {
            note("disable");
            records.addAll(lastRecords);
            lastRecords.clear();
        }

        @Override
        public int descriptor() {
            throw new IllegalStateException("the session sleeps by its waiter");
        }

        @Override
        public void drain(Events events) {
            for (String record : records) {
                if (events.isOver()) {
                    continue;
                }
                if (record.equals("exit")) {
                    events.exit();
                } else if (record.startsWith("ERROR")) {
                    events.error(record);
                } else {
                    byte[] bytes = record.getBytes(StandardCharsets.ISO_8859_1);
                    events.print(bytes, 0, bytes.length);
                }
            }
            if (!records.isEmpty()) {
                records.clear();
                note("drained");
            }
        }

        @Override
        public long lost() {
            return lost;
        }

        @Override
        public long skipped() {
            return skipped;
        }

        @Override
        public long missed() {
            return missed;
        }

        @Override
        public boolean measure(boolean on) {
            return false;
        }

        @Override
        public long handlerNanos() {
            return 0;
        }

        @Override
        public void close() {
            note("close");
        }
    }

    private final NotingKernel kernel = new NotingKernel();

    private static LiveHost.Ending ending(Session[] session) {
        return new LiveHost.Ending() {
            @Override
            public void request() {
                session[0].exit();
            }

            @Override
            public int calls() {
                return session[0].exitCalls();
            }
        };
    }

    private int run(String script, OptionalLong timeout) {
        KernelConfig config = new KernelConfig();
        PreprocessorEnvironment environment = PreprocessorEnvironment.of("6.12.0", "x86_64");
        var parsed = Parser.parse(new SourceFile("t.stp", script), ParseOptions.of(environment));
        var analysed = Analyser.analyse(List.of(parsed.file().orElseThrow()), new Tapset(environment, List.of()), new LiveKernel(config),
                AnalysisOptions.DEFAULT);
        IrProgram program = Lowering.lower(analysed.program().orElseThrow());
        Limits limits = Limits.of(Map.of(), program);
        Complaints complaints = new Complaints(new PrintStream(err, true, StandardCharsets.ISO_8859_1), output, true, false);
        try (Waiter waiter = new ParkingWaiter()) {
            Session[] session = new Session[1];
            ScriptFiles files = new ScriptFiles(List.of(), "stap_1", limits);
            LiveHost services = new LiveHost(output, complaints, ending(session), 0, config, Sharing.NONE, files, Optional.empty());
            Lifecycle lifecycle = new Lifecycle(program, limits, GlobalStorage.inJvm(program.globals(), limits), services, complaints,
                    Lifecycle.Options.DEFAULT);
            session[0] = new Session(new Session.Parts(lifecycle, TimerEvent.of(program.handlers()), Optional.of(kernel), files,
                    Optional.empty(), pid -> { }, timeout, Optional.empty(), output, complaints, waiter, new StartTimes(false),
                    new Patience(), Optional.empty()));
            int status = session[0].run();
            kernel.note("status " + status);
            return status;
        }
    }

    @Test
    void eventsCountAfterBeginAndTheirOutputComesBeforeThatOfEnd() {
        kernel.records.add("event");
        kernel.records.add("exit");
        run("probe begin { print(\"begin\") } probe end { print(\"end\") }", OptionalLong.empty());
        assertThat(order).containsExactly("attach", "output begin", "enable", "output event", "drained", "disable", "output end", "status 0");
    }

    @Test
    void whatWasRecordedBeforeATimerCallsExitIsPrinted() {
        kernel.lastRecords.add("event");
        run("probe timer.ms(1) { print(\"timer\"); exit() } probe end { print(\"end\") }", OptionalLong.empty());
        assertThat(order).containsExactly("attach", "enable", "output timer", "disable", "output event", "drained", "output end", "status 0");
    }

    @Test
    void anErrorOfBeginKeepsEventsFromCounting() {
        run("probe begin { error(\"x\") } probe error { print(\"error\") }", OptionalLong.empty());
        assertThat(order).containsExactly("attach", "disable", "output error", "status 1");
    }

    @Test
    void anErrorInTheKernelEndsTheSession() {
        kernel.records.add("ERROR: division by 0 near operator '/' at t.stp:1:1 in probe kernel");
        run("probe error { print(\"error\") } probe end { print(\"never\") }", OptionalLong.empty());
        assertThat(order).endsWith("output error", "status 1");
        assertThat(err.toString(StandardCharsets.ISO_8859_1)).isEqualTo("""
                ERROR: division by 0 near operator '/' at t.stp:1:1 in probe kernel
                WARNING: Number of errors: 1, skipped probes: 0
                """);
    }

    /** MAXSKIPPED is 100. */
    @Test
    void moreSkippedHandlersThanMayBeEndTheSession() {
        kernel.skipped = 100;
        assertThat(run("probe begin { exit() } probe end { print(\"end\") }", OptionalLong.empty())).isZero();
        kernel.skipped = 101;
        order.clear();
        err.reset();
        assertThat(run("probe begin { print(\"begin\") } probe end { print(\"never\") } probe error { print(\"error\") }", OptionalLong.empty()))
                .isEqualTo(1);
        assertThat(order).endsWith("output error", "status 1");
        assertThat(err.toString(StandardCharsets.ISO_8859_1)).startsWith("ERROR: Skipped too many probes (101), check MAXSKIPPED (100)\n");
    }

    @Test
    void whatWasSkippedAndLostIsTold() {
        kernel.skipped = 5;
        kernel.lost = 7;
        assertThat(run("probe begin { exit() }", OptionalLong.empty())).isZero();
        assertThat(err.toString(StandardCharsets.ISO_8859_1)).startsWith("WARNING: Number of errors: 0, skipped probes: 5\n")
                .contains("7 records lost");
    }

    @Test
    void whatTheKernelMissedIsToldAndHasNoLimit() {
        kernel.missed = 101;
        kernel.skipped = 1;
        assertThat(run("probe begin { exit() } probe end { print(\"end\") }", OptionalLong.empty())).isZero();
        assertThat(order).contains("output end");
        assertThat(err.toString(StandardCharsets.ISO_8859_1)).isEqualTo("WARNING: Number of errors: 0, skipped probes: 102\n");
    }

    @Test
    void nothingRunsWhereAProbeCannotBeAttached() {
        kernel.attaches = false;
        run("probe begin { print(\"never\") }", OptionalLong.empty());
        assertThat(order).containsExactly("attach", "status 1");
    }

    @Test
    void theTimeLimitEndsTheSession() {
        run("probe end { print(\"end\") }", OptionalLong.of(1_000_000));
        assertThat(order).containsExactly("attach", "enable", "disable", "output end", "status 0");
    }
}
