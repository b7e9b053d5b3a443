package org.jstap.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.jstap.compiler.FixtureKernel;
import org.jstap.compiler.Scripts;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.Handler;
import org.jstap.compiler.program.Program;
import org.jstap.compiler.program.ProbeSite;
import org.junit.jupiter.api.Test;

/** What {@code .return} probes take from the entry of their function. */
class EntryValuesTest {
    @Test
    void anEntryExpressionIsSavedByAHandlerAtTheEntry() {
        Program program = Scripts.program("""
                probe kernel.function("vfs_read").return { println(gettimeofday_ns() - @entry(gettimeofday_ns())) }""");
        assertThat(program.handlers()).hasSize(2);
        Handler entry = program.handlers().getFirst();
        assertThat(((ProbeSite.KernelFunction) entry.sites().getFirst()).isReturn()).isFalse();
        assertThat(entry.point()).endsWith(".call");
        assertThat(((ProbeSite.KernelFunction) program.handlers().get(1).sites().getFirst()).isReturn()).isTrue();
        assertThat(ProgramPrinter.print(program)).contains("= gettimeofday_ns()");
        assertThat(program.globals()).hasSize(2).allMatch(Global::perThread).allMatch(Global::library);
    }

    @Test
    void whatAPointerPointsToIsThatOfTheEntryAndTheArgumentItselfNeedsNoSaving() {
        Program saved = Scripts.program("probe kernel.function(\"vfs_read\").return { println($file->f_pos, $count) }");
        assertThat(saved.handlers()).hasSize(2);
        assertThat(saved.globals()).hasSize(2);
        Program plain = Scripts.program("probe kernel.function(\"vfs_read\").return { println($count, $$parms, $return) }");
        assertThat(plain.handlers()).hasSize(1);
    }

    @Test
    void withoutATrampolineArgumentsAreSavedToo() {
        String script = "probe kernel.function(\"vfs_read\").return { println($count, $$parms, $return) }";
        AnalysisOptions options = new AnalysisOptions(false, Map.of(), "m", false, Optional.empty(), true);
        Program saved = Scripts.analyse(script, new FixtureKernel(), options).program().orElseThrow();
        assertThat(saved.handlers()).hasSize(2);
        assertThat(ProgramPrinter.print(saved)).containsOnlyOnce("= $count").containsOnlyOnce("= sprintf(");
    }

    @Test
    void equalExpressionsAreSavedOnce() {
        Program program = Scripts.program("probe kernel.function(\"vfs_read\").return { println(@entry(pid()) + @entry(pid())) }");
        assertThat(program.globals()).hasSize(2);
    }

    @Test
    void aSavedPointerKeepsItsType() {
        assertThat(Scripts.errors("probe kernel.function(\"vfs_read\").return { f = @entry($file); println(f->f_pos) }")).isEmpty();
        assertThat(Scripts.errors("probe kernel.function(\"vfs_read\").return { println(@entry($file)->f_pos) }")).isEmpty();
    }

    @Test
    void definedAsksAtTheEntryAndSavesNothing() {
        Program program = Scripts.program("""
                probe kernel.function("vfs_read").return { println(@defined($file->f_pos), @defined($file->nothing)) }""");
        assertThat(program.handlers()).hasSize(1);
    }

    @Test
    void elsewhereItIsRefused() {
        assertThat(Scripts.errors("probe kernel.function(\"vfs_read\") { println(@entry(1)) }"))
                .singleElement().asString()
                .endsWith("@entry is only valid in .return probes");
        assertThat(Scripts.errors("probe begin { println(@entry(1)) }")).hasSize(1);
    }
}
