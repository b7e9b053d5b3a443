package org.jstap.compiler.kernel.emit;

import org.jstap.ebpf.asm.Register;

/** Where a variable is kept. Offsets are bytes: in the frame negative, from its top; in scratch memory from its start. */
sealed interface Home {
    record InRegister(Register register) implements Home { }

    record InFrame(int offset, int size) implements Home { }

    record InScratch(int offset, int size) implements Home { }
}
