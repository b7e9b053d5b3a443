package org.jstap.compiler.kernel.emit;

import org.jstap.ebpf.asm.Disassembler;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.spec.ProgramSpec;

/** Listing of maps and programs, as {@code -p 4} prints it: each program for the first of its mechanisms. */
public final class ImagePrinter {
    private ImagePrinter() { }

    public static String print(KernelTarget target) {
        StringBuilder out = new StringBuilder();
        for (MapSpec map : target.maps()) {
            out.append("map ").append(map.name()).append(": ").append(map.type().name().toLowerCase()).append(", key ")
                    .append(map.keySize()).append(", value ").append(map.valueSize()).append(", ").append(map.maxEntries())
                    .append(map.maxEntries() == 1 ? " entry" : " entries");
            map.inner().ifPresent(inner -> out.append(" of ").append(inner.type().name().toLowerCase()).append(", key ")
                    .append(inner.keySize()).append(", value ").append(inner.valueSize()).append(", ").append(inner.maxEntries())
                    .append(" entries"));
            out.append('\n');
        }
        for (SiteGroup group : target.groups()) {
            Mechanism mechanism = group.mechanisms().getFirst();
            ProgramSpec program = target.emit(group, mechanism, KernelTarget.firstSite(group, mechanism));
            out.append("\nprogram ").append(program.name()).append(" by ").append(mechanism.text()).append(" at ")
                    .append(group.handler().sites().get(KernelTarget.firstSite(group, mechanism)).text());
            if (group.sites().size() > 1) {
                out.append(" and ").append(group.sites().size() - 1).append(" more");
            }
            out.append(":\n").append(Disassembler.list(program.code()));
        }
        for (CounterPrograms.Companion companion : target.counters().companions()) {
            out.append("\nprogram ").append(companion.program().name()).append(" for counters that handlers read:\n")
                    .append(Disassembler.list(companion.program().code()));
        }
        return out.toString();
    }
}
