package org.jstap.compiler.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.compiler.Scripts;
import org.jstap.compiler.tapset.Tapset;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.tree.Declaration;
import org.jstap.language.tree.ProbePoint;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserPathsTest {
    private static final Path OF_ARCHITECTURE = Path.of("/usr/lib/x86_64-linux-gnu/libc.so.6");

    @TempDir
    private Path top;

    private final ProbePoint.Component at = ((Declaration.ProbeDeclaration) Scripts.parse("probe process(\"x\").begin { }",
            new Tapset(Scripts.ENVIRONMENT, List.of())).declarations().getFirst()).points().getFirst().components().getFirst();

    private static UserPaths paths(String target) {
        return new UserPaths(Map.of("PATH", "/nosuch"), target.isEmpty() ? Optional.empty() : Optional.of(target));
    }

    private Path make(String name) throws IOException {
        Path file = top.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name).toRealPath();
    }

    @Test
    void patternsMayStandInAnyPart() throws IOException {
        Path one = make("lib/a/libx.so.1");
        Path two = make("lib64/b/libx.so.2");
        make("lib/a/liby.so");
        assertThat(paths("").programs(at, top + "/lib*/*/libx.so.*")).containsExactly(one, two);
        assertThat(paths("").programs(at, top + "/lib/?/libx.so.1")).containsExactly(one);
        assertThatThrownBy(() -> paths("").programs(at, top + "/lib*/libx.so.1")).isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("there is no file");
    }

    @Test
    void librariesOfOneArchitectureAreFoundWhereOtherDistributionsHaveThem() throws IOException {
        Assumptions.assumeTrue(Files.exists(OF_ARCHITECTURE) && !Files.exists(Path.of("/lib64/libc.so.6")),
                "skipped: libraries lie in /lib64 here");
        assertThat(paths("").programs(at, "/lib*/libc.so.6")).containsExactly(OF_ARCHITECTURE.toRealPath());
        assertThat(paths("").programs(at, "/usr/lib64/libc.so.6")).containsExactly(OF_ARCHITECTURE.toRealPath());
    }

    @Test
    void theTargetIsAPathOrAProgramOfTheSearchPath() throws IOException {
        Path program = make("bin/prog");
        assertThat(paths("").target()).isEmpty();
        assertThat(paths(program.toString()).target()).contains(program);
        assertThat(new UserPaths(Map.of("PATH", top + "/bin"), Optional.of("prog")).target()).contains(program);
        assertThat(paths("prog").target()).isEmpty();
    }
}
