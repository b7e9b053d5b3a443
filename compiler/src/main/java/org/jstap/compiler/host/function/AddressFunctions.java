package org.jstap.compiler.host.function;

import java.util.Optional;
import org.jstap.compiler.host.HostServices;
import org.jstap.compiler.host.HostServices.Symbol;

/** Network addresses and symbols as text. */
final class AddressFunctions {
    private AddressFunctions() { }

    /** An IPv4 address in network byte order, its first byte the least significant one. */
    static String ipv4(long address) {
        return (address & 0xff) + "." + (address >> 8 & 0xff) + "." + (address >> 16 & 0xff) + "." + (address >> 24 & 0xff);
    }

    /** An IPv6 address as RFC 5952 writes it. */
    static String ipv6(byte[] bytes) {
        int[] groups = new int[8];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
        }
        int zeroStart = -1;
        int zeroLength = 1;
        for (int i = 0; i < groups.length; i++) {
            int n = 0;
            while (i + n < groups.length && groups[i + n] == 0) {
                n++;
            }
            if (n > zeroLength) {
                zeroStart = i;
                zeroLength = n;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < groups.length; i++) {
            if (i == zeroStart) {
                out.append("::");
                i += zeroLength - 1;
                continue;
            }
            if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
                out.append(':');
            }
            out.append(Integer.toHexString(groups[i]));
        }
        return out.toString();
    }

    /** Name of the symbol that holds an address, or the address. */
    static String symbolName(HostServices services, long address) {
        Optional<Symbol> symbol = services.symbol(address);
        return symbol.isPresent() ? symbol.get().name() : "0x" + Long.toHexString(address);
    }

    /** The module that holds a kernel address; {@code kernel} for the kernel image, {@code <unknown>} where nothing does. */
    static String module(HostServices services, long address) {
        Optional<Symbol> symbol = services.symbol(address);
        return symbol.isEmpty() ? "<unknown>" : symbol.get().module().isEmpty() ? "kernel" : symbol.get().module();
    }

    /** The kernel's module that a probe point names, {@code kernel} where it is in the kernel's image. */
    static String probedModule(String point) {
        String module = "module(\"";
        if (point.startsWith(module)) {
            return point.substring(module.length(), point.indexOf('"', module.length()));
        }
        return point.startsWith("kernel.") ? "kernel" : "<unknown>";
    }

    /** {@code name+0x1/0x20 [module]}, or the address. */
    static String symbolData(HostServices services, long address) {
        Optional<Symbol> found = services.symbol(address);
        if (found.isEmpty()) {
            return "0x" + Long.toHexString(address);
        }
        Symbol symbol = found.get();
        String module = symbol.module().isEmpty() ? "kernel" : symbol.module();
        return symbol.name() + "+0x" + Long.toHexString(symbol.offset()) + "/0x" + Long.toHexString(symbol.size())
                + " [" + module + "]";
    }
}
