package org.jstap.compiler.kernel.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.kernel.StringWidths;
import org.jstap.compiler.kernel.layout.Align;
import org.jstap.compiler.kernel.layout.Field;
import org.jstap.compiler.kernel.layout.RecordLayout;
import org.jstap.compiler.kernel.layout.StatLayout;
import org.jstap.compiler.program.Type;

/** Numbers the records of all programs. The same payload of the same handler is one record, by whatever mechanism it is emitted. */
final class Records {
    private record Key(int handler, RecordLayout.Payload payload) { }

    private final List<RecordLayout> layouts = new ArrayList<>();
    private final Map<Key, RecordLayout> known = new HashMap<>();
    private final StringWidths widths;

    Records(StringWidths widths) {
        this.widths = widths;
    }

    RecordLayout of(int handler, RecordLayout.Payload payload, int[] variables) {
        Key key = new Key(handler, payload);
        RecordLayout layout = known.get(key);
        if (layout == null) {
            layout = make(handler, payload, variables);
            layouts.add(layout);
            known.put(key, layout);
        }
        return layout;
    }

    private RecordLayout make(int handler, RecordLayout.Payload payload, int[] variables) {
        List<Field> fields = new ArrayList<>();
        int offset = RecordLayout.HEADER;
        for (Operand operand : RecordLayout.operands(payload)) {
            int size = operand.type() == Type.STRING ? Align.up8(widths.width(operand, variables)) : 8;
            fields.add(new Field(operand.type(), offset, size));
            offset += size;
        }
        if (payload instanceof RecordLayout.Failure) {
            fields.add(new Field(Type.LONG, offset, 8));
            offset += 8;
        }
        if (payload instanceof RecordLayout.Histogram histogram) {
            int size = 8 * StatLayout.buckets(histogram.shape());
            fields.add(new Field(Type.STATS, offset, size));
            offset += size;
        }
        return new RecordLayout(layouts.size(), handler, payload, fields, offset);
    }

    List<RecordLayout> layouts() {
        return List.copyOf(layouts);
    }
}
