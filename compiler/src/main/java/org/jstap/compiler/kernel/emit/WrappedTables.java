package org.jstap.compiler.kernel.emit;

import org.jstap.compiler.kernel.layout.GlobalHome;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/**
 * Arrays whose oldest element gives way when they are full. The kernel's own LRU maps drop what was not used for long, and only
 * roughly; so all elements are looked at for the earliest stamp (bpf_for_each_map_elem, from Linux 5.13). The handler has the lock.
 */
final class WrappedTables {
    private static final int E2BIG = -7;

    private final Context context;
    private final Assembler asm;

    WrappedTables(Context context) {
        this.context = context;
        this.asm = context.asm;
    }

    /** Where an update has left E2BIG in R0, drops the oldest element and updates again; goes to {@code done} where that worked. */
    void makeRoom(GlobalHome.Table table, Runnable update, Label done) {
        Label entry = context.label("oldest");
        Label other = context.label("other");
        asm.jumpIf(JumpOp.NE, Register.R0, E2BIG, other);
        context.storeFrame(Frame.TEMPORARY, -1);
        asm.loadMap(Register.R1, table.map().name());
        asm.loadFunction(Register.R2, entry);
        asm.mov(Register.R3, context.base);
        asm.mov(Register.R4, 0);
        asm.call(Helper.FOR_EACH_MAP_ELEM);
        asm.loadMap(Register.R1, table.map().name());
        context.loadFrame(Register.R2, Frame.SCRATCH);
        asm.alu(AluOp.ADD, Register.R2, context.frame.victim());
        asm.call(Helper.MAP_DELETE_ELEM);
        asm.loadMap(Register.R1, table.map().name());
        update.run();
        asm.jumpIf(JumpOp.EQ, Register.R0, 0, done);
        asm.bind(other);
        context.functions.add(() -> oldest(table, entry));
    }

    /** Keeps the key of the element where its stamp is before the earliest so far, which is in the temporary. */
    private void oldest(GlobalHome.Table table, Label entry) {
        Label next = context.label("next");
        asm.beginFunction("find_oldest", entry, 4);
        asm.load(Size.DOUBLE, Register.R5, Register.R3, table.stamp().orElseThrow().offset());
        asm.load(Size.DOUBLE, Register.R0, Register.R4, Frame.TEMPORARY);
        asm.jumpIf(JumpOp.GE, Register.R5, Register.R0, next);
        asm.store(Size.DOUBLE, Register.R4, Frame.TEMPORARY, Register.R5);
        asm.load(Size.DOUBLE, Register.R1, Register.R4, Frame.SCRATCH);
        for (int i = 0; i < table.key().size(); i += 8) {
            asm.load(Size.DOUBLE, Register.R0, Register.R2, i);
            asm.store(Size.DOUBLE, Register.R1, context.frame.victim() + i, Register.R0);
        }
        asm.bind(next);
        asm.mov(Register.R0, 0);
        asm.exit();
    }
}
