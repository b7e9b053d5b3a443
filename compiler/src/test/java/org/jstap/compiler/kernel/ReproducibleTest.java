package org.jstap.compiler.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.jstap.compiler.kernel.emit.KernelTarget;
import org.jstap.compiler.kernel.emit.Mechanism;
import org.jstap.compiler.kernel.emit.SiteGroup;
import org.jstap.ebpf.spec.ProgramSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same script and the same types give the same maps, records and bytes of code. */
class ReproducibleTest {
    private static final String SCRIPT = """
            global seen, names, total
            probe kernel.trace("kfree_skb") {
              seen[$location, execname()] <<< pid()
              names[sprintf("%d-%s", tid(), execname())] = $location
              for (i = 0; i < 3; i++) total += i
              try { println(total / (tid() - pid())) } catch (e) { printf("%s %p\\n", e, $skb->len) }
            }
            probe timer.s(1) { foreach ([l, n] in seen) println(n, @avg(seen[l, n])); delete seen; foreach (k in names) println(k) }
            """;

    @Test
    void ourOwnScript() {
        same(SCRIPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nettop", "dropwatch", "tcp_connections", "socket-trace"})
    void scriptsOfTheNetworkGuide(String name) throws IOException {
        same(Kernels.guide(name));
    }

    @Test
    void emittingForAnotherMechanismLaterLeavesMapsAndRecordsAsTheyAre() {
        KernelTarget target = Kernels.assembled(SCRIPT);
        List<?> maps = target.maps();
        int records = target.records().size();
        for (SiteGroup group : target.groups()) {
            for (Mechanism mechanism : group.mechanisms()) {
                target.emit(group, mechanism, group.sites().getFirst());
            }
        }
        assertThat(target.maps()).usingRecursiveComparison().isEqualTo(maps);
        assertThat(target.records()).hasSize(records);
    }

    private static void same(String script) {
        KernelTarget first = Kernels.assembled(script);
        KernelTarget second = Kernels.assembled(script);
        assertThat(first.maps()).usingRecursiveComparison().isEqualTo(second.maps());
        List<ProgramSpec> one = first.emitFirst();
        List<ProgramSpec> other = second.emitFirst();
        assertThat(one).hasSameSizeAs(other).isNotEmpty();
        for (int i = 0; i < one.size(); i++) {
            assertThat(one.get(i).code().encode(String::hashCode)).as(one.get(i).name())
                    .isEqualTo(other.get(i).code().encode(String::hashCode));
        }
    }
}
