package org.jstap;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between modules, the wall between pure code and the kernel, and how long a file and a method may get. */
class ArchitectureTest {
    private static final String[] MODEL = {"org.jstap.ebpf.asm..", "org.jstap.ebpf.btf..", "org.jstap.ebpf.spec..", "org.jstap.ebpf.vm.."};
    private static final String[] KERNEL = {"org.jstap.ebpf.sys..", "org.jstap.ebpf.map..", "org.jstap.ebpf.prog..",
        "org.jstap.ebpf.link..", "org.jstap.ebpf.ringbuf..", "org.jstap.ebpf.feature.."};
    private static final List<String> MODULES = List.of("ebpf-model", "ebpf-kernel", "symbols", "language", "compiler", "runtime", "cli");
    private static final Path ROOT = Path.of("..");
    private static final int LONGEST_FILE = 500;
    private static final int LONGEST_METHOD = 60;

    private static JavaClasses product;

    @BeforeAll
    static void readClasses() {
        product = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/test/")).importPackages("org.jstap");
        assertThat(product.size()).as("classes of all modules").isGreaterThan(300);
    }

    @Test
    void theModelOfEbpfDependsOnNothing() {
        only(MODEL, MODEL);
    }

    @Test
    void theKernelsLibraryDependsOnTheModelOnly() {
        only(KERNEL, MODEL, KERNEL);
    }

    @Test
    void symbolsDependOnNothing() {
        only(new String[] {"org.jstap.symbols.."}, new String[] {"org.jstap.symbols.."});
    }

    @Test
    void theLanguageDependsOnNothing() {
        only(new String[] {"org.jstap.language.."}, new String[] {"org.jstap.language.."});
    }

    @Test
    void theCompilerKnowsNoKernelThatRuns() {
        only(new String[] {"org.jstap.compiler.."}, MODEL, new String[] {"org.jstap.symbols..", "org.jstap.language..",
            "org.jstap.compiler.."});
    }

    @Test
    void theRuntimeKnowsNoCommandLine() {
        noClasses().that().resideInAPackage("org.jstap.runtime..").should().dependOnClassesThat().resideInAPackage("org.jstap.cli..")
                .check(product);
    }

    @Test
    void everyClassBelongsToAModule() {
        classes().should().resideInAnyPackage(concat(MODEL, KERNEL, new String[] {"org.jstap.symbols..", "org.jstap.language..",
            "org.jstap.compiler..", "org.jstap.runtime..", "org.jstap.cli.."})).check(product);
    }

    @Test
    void systemCallsHaveOneDoor() {
        noClasses().that().resideOutsideOfPackage("org.jstap.ebpf.sys..").should().dependOnClassesThat(
                com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf(java.lang.foreign.Linker.class,
                        java.lang.foreign.SymbolLookup.class, java.lang.foreign.FunctionDescriptor.class)).check(product);
    }

    @Test
    void nothingButTheJdkIsNeededAtRunTime() {
        classes().should().onlyDependOnClassesThat(resideInAnyPackage("org.jstap..", "java..", "javax..", "sun.misc..", "jdk..", ""))
                .check(product);
    }

    private static void only(String[] packages, String[]... allowed) {
        noClasses().that().resideInAnyPackage(packages).should().dependOnClassesThat(
                resideInAnyPackage("org.jstap..").and(com.tngtech.archunit.base.DescribedPredicate.not(
                        resideInAnyPackage(concat(allowed))))).check(product);
    }

    private static String[] concat(String[]... parts) {
        List<String> all = new ArrayList<>();
        for (String[] part : parts) {
            all.addAll(List.of(part));
        }
        return all.toArray(String[]::new);
    }

    // ---- sources

    private static List<Path> sources(String... folders) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            for (String folder : folders) {
                Path root = ROOT.resolve(module).resolve("src").resolve(folder).resolve("java");
                if (Files.isDirectory(root)) {
                    try (Stream<Path> files = Files.walk(root)) {
                        files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
                    }
                }
            }
        }
        assertThat(sources).isNotEmpty();
        return sources;
    }

    @Test
    void noFileIsTooLong() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path source : sources("main", "test")) {
            int lines = Files.readAllLines(source).size();
            if (lines > LONGEST_FILE) {
                tooLong.add(source + ": " + lines + " lines");
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void nothingIsLeftToDo() throws IOException {
        List<String> marks = List.of("TO" + "DO", "FIX" + "ME", "XX" + "X");
        List<String> found = new ArrayList<>();
        for (Path source : sources("main", "test")) {
            List<String> lines = Files.readAllLines(source);
            for (int i = 0; i < lines.size(); i++) {
                for (String mark : marks) {
                    if (lines.get(i).contains(mark)) {
                        found.add(source + ":" + (i + 1) + ": " + lines.get(i).strip());
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everyPackageSaysWhatLivesThere() throws IOException {
        Set<Path> missing = new TreeSet<>();
        for (Path source : sources("main")) {
            if (!Files.exists(source.resolveSibling("package-info.java"))) {
                missing.add(source.getParent());
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void noMethodIsTooLong() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> tooLong = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, files, _ -> { }, List.of("-proc:none"), null,
                    files.getJavaFileObjectsFromPaths(sources("main", "test")));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new Methods(unit, positions, tooLong).scan(unit, null);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    private static final class Methods extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> tooLong;

        Methods(CompilationUnitTree unit, SourcePositions positions, List<String> tooLong) {
            this.unit = unit;
            this.positions = positions;
            this.tooLong = tooLong;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            long lines = method.getBody() == null ? 0 : length(method);
            if (lines > LONGEST_METHOD) {
                tooLong.add(unit.getSourceFile().getName() + ": " + method.getName() + ": " + lines + " lines");
            }
            return super.visitMethod(method, nothing);
        }

        /** Lines of a method. One that is a single switch is a table, as long as there are kinds of things: its longest row counts. */
        private long length(MethodTree method) {
            List<? extends CaseTree> rows = List.of();
            for (StatementTree statement : method.getBody().getStatements()) {
                switch (statement) {
                    case SwitchTree table -> rows = table.getCases();
                    case ReturnTree answer when answer.getExpression() instanceof SwitchExpressionTree table -> rows = table.getCases();
                    case VariableTree _, ReturnTree _ -> { }
                    default -> {
                        return lines(method);
                    }
                }
            }
            long longest = rows.isEmpty() ? lines(method) : 0;
            for (CaseTree row : rows) {
                longest = Math.max(longest, lines(row));
            }
            return longest;
        }

        private long lines(Tree tree) {
            return line(positions.getEndPosition(unit, tree)) - line(positions.getStartPosition(unit, tree)) + 1;
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
