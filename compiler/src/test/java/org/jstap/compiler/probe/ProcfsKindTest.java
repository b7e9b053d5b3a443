package org.jstap.compiler.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.Scripts;
import org.jstap.compiler.program.Handler;
import org.jstap.compiler.program.ProbeSite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcfsKindTest {
    private static ProbeSite.ProcFile file(String script) {
        List<ProbeSite> sites = new ArrayList<>();
        for (Handler handler : Scripts.program(script).handlers()) {
            sites.addAll(handler.sites());
        }
        assertThat(sites).singleElement().isInstanceOf(ProbeSite.ProcFile.class);
        return (ProbeSite.ProcFile) sites.getFirst();
    }

    private static void refused(String script, String place, String... words) {
        assertThat(Scripts.errors(script)).singleElement().asString().startsWith(place + " ").contains(words);
    }

    @Test
    void aFileIsItsOwnersUnlessToldOtherwise() {
        assertThat(file("probe procfs(\"d/f\").read { $value = \"x\" }")).isEqualTo(
                new ProbeSite.ProcFile("procfs(\"d/f\").read", "d/f", false, 0400, 0));
        assertThat(file("probe procfs(\"f\").umask(0040).read.maxsize(100) { $value = \"x\" }")).isEqualTo(
                new ProbeSite.ProcFile("procfs(\"f\").umask(32).read.maxsize(100)", "f", false, 0404, 100));
        assertThat(file("probe procfs.write.umask(0) { print($value) }")).isEqualTo(
                new ProbeSite.ProcFile("procfs.write.umask(0)", "command", true, 0222, 0));
    }

    @Test
    void handlersRunOnTheJvm() {
        assertThat(file("probe procfs.read { $value = \"1\" }").onHost()).isTrue();
    }

    @Test
    void aliasesAreFilesWithNamesOfTheirOwn() {
        assertThat(file("probe prometheus { $value = \"x\" }").path()).isEqualTo("__prometheus");
        assertThat(file("probe json_data { $value = \"x\" }").path()).isEqualTo("data.json");
        assertThat(Scripts.errors("probe json_data { @json_output_data_start @json_output_numeric_value(\"n\", 1) }")).isEmpty();
        assertThat(Scripts.program("probe json_data { @json_output_data_start @json_output_data_end }").handlers())
                .as("with the description of the metrics").hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        "procfs, 1:7, either .read or .write",
        "procfs(\"f\").read.write, 1:7, either .read or .write",
        "procfs(\"f\").read.read, 1:24, 'read' is there twice",
        "procfs(\"f\").read.size(3), 1:24, probe point mismatch",
        "procfs(\"f\").read(1), 1:19, takes no argument",
        "procfs(\"f\").umask(01000).read, 1:19, from 0 to 0777",
        "procfs(\"f\").read.maxsize(0), 1:24, from 1 to",
        "procfs(\"f\").maxsize(9).write, 1:19, 'maxsize' is for .read",
        "procfs(3).read, 1:7, needs a text",
        "procfs(\"\").read, 1:7, a name in it is empty",
        "procfs(\"/f\").read, 1:7, a name in it is empty",
        "procfs(\"d/../f\").read, 1:7, '..' is no name in it"})
    void pointsThatMeanNoFile(String point, String place, String words) {
        refused("probe " + point + " { }", place, words);
    }

    @Test
    void filesOfSeveralProbesHaveToFit() {
        refused("probe procfs.read { } probe procfs.read { }", "1:23", "only one probe", "\"command\"");
        refused("probe procfs(\"a\").read { } probe procfs(\"a/b\").write { }", "1:28", "\"a\" is a file");
        assertThat(Scripts.errors("probe procfs.read { } probe procfs.write { } probe procfs.write { exit() }")).isEmpty();
    }

    @Test
    void theValueIsSetByReadersAndReadByWriters() {
        assertThat(Scripts.errors("probe procfs.read { $value = \"a\"; $value .= sprint(pid()) }")).isEmpty();
        refused("probe procfs.read { print($value) }", "1:27", "can be set (= and .=) and not read");
        refused("probe procfs.read { $value += 1 }", "1:21", "can be set by '=' and '.=' only");
        refused("probe procfs.read { $value = 1 }", "1:30", "expected string but found long");
        refused("probe procfs.read { $valu = \"\" }", "1:21", "unable to find target variable '$valu'");
        refused("probe procfs.write { $value = \"\" }", "1:22", "can only be read here");
        refused("probe begin { $value = \"\" }", "1:15", "not permitted");
    }
}
