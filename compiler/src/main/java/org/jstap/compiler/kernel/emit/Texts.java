package org.jstap.compiler.kernel.emit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.ebpf.spec.MapEntry;
import org.jstap.ebpf.spec.MapFlags;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.spec.MapType;

/** Constant texts that programs point to: formats for the kernel's own printing. They fill one frozen map. */
final class Texts {
    static final String MAP = "texts";

    private final Map<String, Integer> offsets = new LinkedHashMap<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Offset in the map of a text, which ends there with a zero. */
    int offset(String text) {
        Integer known = offsets.get(text);
        if (known != null) {
            return known;
        }
        int offset = bytes.size();
        offsets.put(text, offset);
        bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(0);
        return offset;
    }

    Optional<MapSpec> map() {
        if (offsets.isEmpty()) {
            return Optional.empty();
        }
        byte[] contents = bytes.toByteArray();
        MapSpec map = new MapSpec(MAP, MapType.ARRAY, 4, contents.length, 1, MapFlags.RDONLY_PROG, Optional.empty());
        return Optional.of(map.withContents(List.of(new MapEntry(new byte[4], contents))).asFrozen());
    }
}
