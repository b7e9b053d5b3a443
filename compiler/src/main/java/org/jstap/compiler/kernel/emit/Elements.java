package org.jstap.compiler.kernel.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.kernel.layout.Field;
import org.jstap.compiler.kernel.layout.GlobalHome;
import org.jstap.compiler.kernel.layout.KeyLayout;
import org.jstap.compiler.program.Type;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/** How elements of arrays are named and read. */
final class Elements {
    private final Context context;
    private final Values values;
    private final Assembler asm;

    Elements(Context context, Values values) {
        this.context = context;
        this.values = values;
        this.asm = context.asm;
    }

    /** Puts the key together in its place. */
    void key(KeyLayout layout, List<Operand> keys) {
        List<Optional<Operand>> all = new ArrayList<>(keys.size());
        for (Operand key : keys) {
            all.add(Optional.of(key));
        }
        slices(layout, all);
    }

    /** Puts the parts of a key that are given into its place. */
    void slices(KeyLayout layout, List<Optional<Operand>> keys) {
        Register base = context.base;
        int start = 0;
        switch (context.frame.key()) {
            case Home.InFrame(int offset, int _) -> start = offset;
            case Home.InScratch(int offset, int _) -> {
                context.loadFrame(Register.R4, Frame.SCRATCH);
                base = Register.R4;
                start = offset;
            }
            case Home.InRegister(Register register) -> throw new IllegalStateException("a key in " + register);
        }
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).isEmpty()) {
                continue;
            }
            Operand key = keys.get(i).get();
            Field field = layout.fields().get(i);
            if (field.type() == Type.STRING) {
                values.copyText(base, start + field.offset(), field.size(), key);
            } else {
                asm.store(Size.DOUBLE, base, start + field.offset(), values.inRegister(key, Register.R1));
            }
        }
    }

    /** Leaves the address of an element, or 0, in R0. */
    void lookup(GlobalHome.Table table, List<Operand> keys) {
        key(table.key(), keys);
        asm.loadMap(Register.R1, table.map().name());
        context.address(Register.R2, context.frame.key());
        asm.call(Helper.MAP_LOOKUP_ELEM);
    }

    /** Loads what is at {@code base + offset}, which must be neither of R1, R3 and R5. */
    void loadValue(Variable to, Register base, int offset, Field field) {
        if (field.type() == Type.STRING) {
            values.address(Register.R3, to);
            int size = values.size(to);
            int copied = Math.min(size, field.size());
            for (int i = 0; i < copied; i += 8) {
                asm.load(Size.DOUBLE, Register.R1, base, offset + i);
                asm.store(Size.DOUBLE, Register.R3, i, Register.R1);
            }
            values.zero(Register.R3, copied, size - copied);
        } else {
            asm.load(Size.DOUBLE, Register.R1, base, offset);
            values.store(to, Register.R1);
        }
    }
}
