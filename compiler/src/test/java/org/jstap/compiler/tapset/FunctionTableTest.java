package org.jstap.compiler.tapset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jstap.compiler.Scripts;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class FunctionTableTest {
    private static final Path PAGE = Path.of("..", "docs", "tapset-functions.md");
    private static final Path REFERENCE = Path.of("..", "..", "shared", "reference", "tapset-functions.tsv");

    private final Tapset tapset = new Tapset(Scripts.ENVIRONMENT, List.of());

    private Set<String> defined() {
        Set<String> names = new TreeSet<>();
        for (String signature : FunctionTable.signatures(tapset)) {
            names.add(signature.substring(0, Math.min(end(signature, ':'), end(signature, ' '))));
        }
        return names;
    }

    private static int end(String text, char at) {
        return text.indexOf(at) < 0 ? text.length() : text.indexOf(at);
    }

    @Test
    void theCommittedPageIsThatOfTheFiles() throws IOException {
        assertThat(Files.readString(PAGE)).as("run org.jstap.compiler.tapset.FunctionTable on docs/tapset-functions.md and commit it")
                .isEqualTo(FunctionTable.page(tapset));
    }

    @Test
    void noFunctionIsBothThereAndAbsent() {
        Set<String> both = new TreeSet<>(Absences.all().keySet());
        both.retainAll(defined());
        assertThat(both).as("take these names out of absent.txt").isEmpty();
    }

    @Test
    void everyFunctionOfSystemTapIsThereOrAbsentForAReason() throws IOException {
        Assumptions.assumeTrue(Files.exists(REFERENCE), "skipped: the list of SystemTap's functions is not beside the project");
        List<String> lost = new ArrayList<>();
        Set<String> known = defined();
        known.addAll(Absences.all().keySet());
        List<String> lines = Files.readAllLines(REFERENCE);
        for (String line : lines.subList(1, lines.size())) {
            String name = line.substring(0, end(line, '\t'));
            if (!known.contains(name) && !name.startsWith("__")) {
                lost.add(name);
            }
        }
        assertThat(lines).hasSizeGreaterThan(500);
        assertThat(lost).isEmpty();
    }

    @Test
    void signaturesCarryTypes() {
        assertThat(FunctionTable.signatures(tapset)).contains("strlen:long (arg1:string)", "qs_wait (qname:string)",
                "task_pid:long (task:long)", "exit ()");
    }

    @Test
    void whatChangesTheObservedNeedsTrust() {
        for (String call : List.of("raise(9)", "printk(1, \"x\")", "udelay(5)", "mdelay(5)")) {
            assertThat(Scripts.analyse("probe begin { " + call + " }").diagnostics()).as(call)
                    .anySatisfy(d -> assertThat(d.message()).contains("need stap -g"));
        }
        assertThat(Scripts.analyse("function raise(n:long) { println(n) } probe begin { raise(9) }").diagnostics())
                .as("a function of the script's own").isEmpty();
    }

    @Test
    void aCallOfAnAbsentFunctionSaysWhy() {
        assertThat(Absences.reason("panic")).contains("eBPF programs cannot stop the kernel");
        assertThat(Absences.reason("frobnicate")).isEmpty();
        assertThat(Scripts.analyse("probe begin { panic(\"x\") }").diagnostics())
                .anySatisfy(d -> assertThat(String.join(" ", d.hints())).contains("cannot stop the kernel"));
    }
}
