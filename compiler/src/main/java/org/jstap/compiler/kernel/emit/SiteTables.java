package org.jstap.compiler.kernel.emit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.kernel.layout.Align;
import org.jstap.compiler.kernel.transform.SiteNames;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.compiler.syscall.Captures;
import org.jstap.compiler.syscall.SystemCall;
import org.jstap.compiler.syscall.SystemCalls;
import org.jstap.ebpf.spec.MapEntry;
import org.jstap.ebpf.spec.MapFlags;
import org.jstap.ebpf.spec.MapSpec;

/** Texts of the sites of handlers that need them as strings in the kernel: maps by the number of the site. */
final class SiteTables {
    private static final int SYSTEM_CALL_NAME = 32;

    private final Map<String, MapSpec> maps = new LinkedHashMap<>();
    private final int limit;

    /** @param limit MAXSTRINGLEN */
    SiteTables(int limit) {
        this.limit = limit;
    }

    /** @param functions the probed functions; otherwise the probe points */
    MapSpec of(IrHandler handler, boolean functions) {
        return maps.computeIfAbsent((functions ? "functions_" : "points_") + handler.id(), name -> make(name, handler, functions));
    }

    private MapSpec make(String name, IrHandler handler, boolean functions) {
        List<byte[]> texts = new ArrayList<>();
        int width = 8;
        for (ProbeSite site : handler.sites()) {
            byte[] text = (functions ? SiteNames.function(site) : site.text()).getBytes(StandardCharsets.ISO_8859_1);
            texts.add(text);
            width = Math.max(width, Align.up8(Math.min(text.length + 1, limit)));
        }
        List<MapEntry> entries = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            byte[] value = new byte[width];
            System.arraycopy(texts.get(i), 0, value, 0, Math.min(texts.get(i).length, width - 1));
            entries.add(new MapEntry(ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(i).array(), value));
        }
        // Not frozen: of a frozen array the verifier wants to read the contents, and refuses those with more than one element
        // (array_map_direct_value_addr() in kernel/bpf/arraymap.c).
        return MapSpec.array(name, width, texts.size()).withFlags(MapFlags.RDONLY_PROG).withContents(entries);
    }

    /** Names of system calls, 32 bytes for each number; {@code aliases} as probe points have them, otherwise the kernel's. */
    MapSpec systemCallNames(boolean aliases) {
        return maps.computeIfAbsent(aliases ? "call_aliases" : "call_names", name -> {
            byte[] bytes = new byte[SystemCalls.NUMBERS * SYSTEM_CALL_NAME];
            for (int number = 0; number < SystemCalls.NUMBERS; number++) {
                Optional<SystemCall> call = SystemCalls.current().of(number);
                if (call.isPresent()) {
                    byte[] text = (aliases ? call.get().alias() : call.get().call()).getBytes(StandardCharsets.ISO_8859_1);
                    System.arraycopy(text, 0, bytes, number * SYSTEM_CALL_NAME, Math.min(text.length, SYSTEM_CALL_NAME - 1));
                }
            }
            return single(name, bytes);
        });
    }

    /** What memory the text of a system call's arguments needs. */
    MapSpec systemCallCaptures() {
        return maps.computeIfAbsent("call_captures", name -> single(name, Captures.table(SystemCalls.current())));
    }

    /** One element, into which programs point directly. */
    private static MapSpec single(String name, byte[] bytes) {
        return MapSpec.array(name, bytes.length, 1).withFlags(MapFlags.RDONLY_PROG)
                .withContents(List.of(new MapEntry(new byte[4], bytes))).asFrozen();
    }

    List<MapSpec> maps() {
        return List.copyOf(maps.values());
    }
}
