package org.jstap.compiler.kernel.emit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.kernel.layout.Align;
import org.jstap.compiler.kernel.transform.SiteNames;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.ebpf.spec.MapEntry;
import org.jstap.ebpf.spec.MapFlags;
import org.jstap.ebpf.spec.MapSpec;

/** Texts of the sites of handlers that need them as strings in the kernel: maps by the number of the site. */
final class SiteTables {
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
        return MapSpec.array(name, width, texts.size()).withFlags(MapFlags.RDONLY_PROG).withContents(entries).asFrozen();
    }

    List<MapSpec> maps() {
        return List.copyOf(maps.values());
    }
}
