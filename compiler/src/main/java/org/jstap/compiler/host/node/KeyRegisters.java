package org.jstap.compiler.host.node;

import org.jstap.compiler.host.store.Key;
import org.jstap.compiler.host.store.KeyPattern;
import org.jstap.compiler.program.Global;

/** The registers that hold an array index. */
final class KeyRegisters {
    private static final int ANY = -1;

    private final Key key;
    private final int[] registers;
    private final KeyPattern pattern;
    private final boolean slice;

    /** @param registers by column, negative for a column that matches all */
    KeyRegisters(Global global, int[] registers) {
        this.key = new Key(global.keys());
        this.registers = registers;
        boolean[] any = new boolean[registers.length];
        boolean some = false;
        for (int i = 0; i < registers.length; i++) {
            any[i] = registers[i] == ANY;
            some |= any[i];
        }
        this.slice = some;
        this.pattern = new KeyPattern(key, any);
    }

    /** Whether some column matches all. */
    boolean isSlice() {
        return slice;
    }

    Key read(Frame frame) {
        for (int i = 0; i < registers.length; i++) {
            if (registers[i] != ANY) {
                if (key.isText(i)) {
                    key.set(i, frame.texts[registers[i]]);
                } else {
                    key.set(i, frame.numbers[registers[i]]);
                }
            }
        }
        return key;
    }

    /** A pattern of its own, so that a loop keeps it while its body runs other loops. */
    KeyPattern readOwnPattern(Global global, Frame frame) {
        return new KeyRegisters(global, registers).readPattern(frame);
    }

    KeyPattern readPattern(Frame frame) {
        read(frame);
        return pattern;
    }
}
