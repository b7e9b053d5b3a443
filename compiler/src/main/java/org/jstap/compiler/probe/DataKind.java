package org.jstap.compiler.probe;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.ProbePoint;
import org.jstap.symbols.NearNames;

/** {@code kernel.data(address)} and {@code kernel.data("symbol")} with {@code .length(n)}, and {@code .write} or {@code .rw}. */
final class DataKind implements ProbeKind {
    @Override
    public List<String> words() {
        return List.of("kernel");
    }

    @Override
    public boolean claims(ProbePoint point) {
        List<ProbePoint.Component> parts = point.components();
        return parts.size() > 1 && parts.getFirst().name().equals("kernel") && parts.get(1).name().equals("data");
    }

    @Override
    public List<Found> resolve(ProbePoint point, KernelView kernel) {
        List<ProbePoint.Component> parts = point.components();
        Points.noArgument(parts.getFirst());
        ProbePoint.Component data = parts.get(1);
        int next = 2;
        long length = 1;
        if (parts.size() > next && parts.get(next).name().equals("length")) {
            length = Points.number(parts.get(next));
            if (length != 1 && length != 2 && length != 4 && length != 8) {
                throw Points.error("probe-argument", "the processor can watch 1, 2, 4 or 8 bytes, not " + length, parts.get(next));
            }
            next++;
        }
        if (parts.size() == next) {
            throw Points.error("probe-mismatch", "'" + parts.get(next - 1).name() + "' needs 'write' or 'rw' behind it, as kernel."
                    + data.asText() + ".write", parts.get(next - 1));
        }
        ProbePoint.Component access = parts.get(next);
        if (!access.name().equals("write") && !access.name().equals("rw")) {
            throw Points.unknown(access, next == 2 ? List.of("write", "rw", "length") : List.of("write", "rw"));
        }
        Points.noArgument(access);
        Points.end(point, next + 1);
        long address = address(data, kernel);
        if ((address & length - 1) != 0) {
            throw Points.error("probe-argument", "the processor can watch " + length + " bytes only at a multiple of " + length
                    + ", and 0x" + Long.toHexString(address) + " is none", data);
        }
        String named = data.argument().orElseThrow() instanceof Expression.StringLiteral ? data.asText()
                : "data(0x" + Long.toHexString(address) + ")";
        String text = "kernel." + named + (next == 2 ? "" : ".length(" + length + ")") + "." + access.name();
        ProbeSite site = new ProbeSite.Watchpoint(text, address, (int) length, access.name().equals("rw"));
        return List.of(new Found(site, new ProbeContext(true, List.of(), OptionalInt.empty(),
                "memory is accessed by any code of the kernel")));
    }

    private static long address(ProbePoint.Component data, KernelView kernel) {
        if (data.argument().isPresent() && data.argument().get() instanceof Expression.NumberLiteral number) {
            return ofKernel(number.value(), data);
        }
        if (data.argument().isEmpty() || !(data.argument().get() instanceof Expression.StringLiteral text)) {
            throw Points.error("probe-argument", "'data' needs an address or the name of a variable of the kernel, as"
                    + " data(0xffff888000000000) or data(\"jiffies_64\")", data);
        }
        String name = text.value();
        OptionalLong address = kernel.symbolAddress(name);
        if (address.isPresent()) {
            return address.getAsLong();
        }
        List<String> near = NearNames.find(name, kernel.dataNames(), 5);
        throw Points.error("no-symbol", "the kernel's symbol table (/proc/kallsyms) has no address of '" + name + "'" + (near.isEmpty()
                ? "" : " (similar: " + String.join(", ", near) + ")"), data,
                "a kernel without CONFIG_KALLSYMS_ALL lists functions only; an address does as well, as data(0xffff888000000000)");
    }

    /** Addresses of the kernel are the upper half of all. */
    static long ofKernel(long address, ProbePoint.Component at) {
        if (address >= 0) {
            throw Points.error("probe-argument", "0x" + Long.toHexString(address) + " is no address of the kernel, which are"
                    + " 0x8000000000000000 and above", at);
        }
        return address;
    }
}
