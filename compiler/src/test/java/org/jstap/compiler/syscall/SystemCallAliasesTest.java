package org.jstap.compiler.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jstap.compiler.Scripts;
import org.jstap.compiler.program.Handler;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.compiler.program.Program;
import org.jstap.compiler.tapset.Tapset;
import org.jstap.language.tree.Declaration.AliasDeclaration;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.ScriptFile;
import org.jstap.language.tree.Statement;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The aliases that are made of the table. */
class SystemCallAliasesTest {
    private static final Path ALIASES = Path.of("..", "..", "shared", "reference", "probe-aliases.tsv");

    @Test
    void numbersAreThoseOfTheKernel() {
        SystemCalls calls = SystemCalls.parse(Resources.text("syscalls.tbl"), "amd64");
        assertThat(calls.name(0)).isEqualTo("read");
        assertThat(calls.name(262)).isEqualTo("newfstatat");
        assertThat(calls.name(469)).isEqualTo("file_setattr");
        assertThat(calls.number("no_such_call")).isEqualTo(-1);
        int there = 0;
        for (int number = 0; number < SystemCalls.NUMBERS; number++) {
            there += calls.of(number).isPresent() ? 1 : 0;
        }
        assertThat(there).isGreaterThan(370);
        SystemCalls arm = SystemCalls.parse(Resources.text("syscalls.tbl"), "aarch64");
        assertThat(arm.name(56)).isEqualTo("openat");
        assertThat(arm.number("open")).isEqualTo(-1);
        assertThat(arm.name(221)).isEqualTo("execve");
    }

    @Test
    void oneHandlerServesAWildcard() {
        Program program = Scripts.program("probe syscall.* { println(name, argstr) } probe nd_syscall.*.return { println(retstr) }");
        assertThat(program.handlers()).hasSize(2);
        Handler handler = program.handlers().getFirst();
        assertThat(handler.sites()).hasSize(1);
        assertThat(((ProbeSite.Tracepoint) handler.sites().getFirst()).filter().orElseThrow().numbers()).hasSizeGreaterThan(370);
        assertThat(((ProbeSite.Tracepoint) program.handlers().getLast().sites().getFirst()).name()).isEqualTo("sys_exit");
    }

    @Test
    void aFewCallsKeepTheirVariables() {
        Program program = Scripts.program("probe syscall.{open,close,read} { println(argstr) } probe syscall.pwrite* { println(fd) }");
        assertThat(program.handlers()).hasSizeGreaterThan(5);
        assertThat(Scripts.errors("probe syscall.no_such_call { }")).isNotEmpty();
    }

    /** Rows of SystemTap's aliases that this architecture has, and how many of them have all the documented variables. */
    @Test
    void documentedVariablesExist() throws IOException {
        Assumptions.assumeTrue(Files.exists(ALIASES), "skipped: no shared folder with the list of aliases beside the project");
        Tapset tapset = new Tapset(Scripts.ENVIRONMENT, List.of());
        List<String> lacking = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        int rows = 0;
        for (String line : Files.readAllLines(ALIASES)) {
            String[] columns = line.split("\t");
            if (!columns[0].startsWith("syscall") && !columns[0].startsWith("nd_syscall")) {
                continue;
            }
            rows++;
            List<ScriptFile> files = tapset.withAlias(columns[0]);
            if (files.isEmpty()) {
                unknown.add(columns[0]);
                continue;
            }
            Set<String> missing = new HashSet<>();
            for (String variable : columns[1].split(", ")) {
                missing.add(variable.substring(0, Math.max(0, variable.indexOf(':'))));
            }
            missing.remove("");
            missing.removeAll(assigned(files));
            if (!missing.isEmpty()) {
                lacking.add(columns[0] + " " + missing);
            }
        }
        assertThat(rows).isGreaterThan(1500);
        assertThat(unknown).allMatch(name -> name.contains("compat"));
        assertThat(lacking).as("SystemTap reads these from the memory of the traced process")
                .allMatch(row -> row.contains("ptrace.return"));
    }

    private static Set<String> assigned(List<ScriptFile> files) {
        Set<String> names = new HashSet<>();
        for (ScriptFile file : files) {
            file.declarations().forEach(declaration -> {
                for (Statement statement : ((AliasDeclaration) declaration).body().statements()) {
                    if (statement instanceof Statement.ExpressionStatement evaluated
                            && evaluated.expression() instanceof Expression.Assignment assignment
                            && assignment.target() instanceof Expression.Symbol symbol) {
                        names.add(symbol.name());
                    }
                }
            });
        }
        return names;
    }
}
