package org.jstap.compiler.kernel.layout;

import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.program.Type;

/** The key of an array: its fields one behind the other. */
public record KeyLayout(List<Field> fields, int size) {
    public KeyLayout {
        fields = List.copyOf(fields);
    }

    /** @param widths bytes of each string key with its zero; ignored for numbers */
    public static KeyLayout of(List<Type> types, List<Integer> widths) {
        List<Field> fields = new ArrayList<>();
        int offset = 0;
        for (int i = 0; i < types.size(); i++) {
            int size = types.get(i) == Type.STRING ? Align.up8(widths.get(i)) : 8;
            fields.add(new Field(types.get(i), offset, size));
            offset += size;
        }
        return new KeyLayout(fields, offset);
    }
}
