package org.jstap.ebpf.vm;

import java.util.Arrays;
import org.jstap.ebpf.asm.AtomicOp;
import org.jstap.ebpf.asm.Code;
import org.jstap.ebpf.asm.Disassembler;
import org.jstap.ebpf.asm.Immediate;
import org.jstap.ebpf.asm.Instruction;
import org.jstap.ebpf.asm.Operand;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/** One run of a program. */
final class Execution {
    private static final int STACK_SIZE = 512;
    private static final int DEEPEST_CALL = 8;
    /** What new stack memory holds, so that a program that relies on zeros is found out. */
    private static final byte STACK_FILL = (byte) 0xdb;
    /** Addresses of functions; no memory is there. */
    private static final long FUNCTION_BASE = 0x4000_0000_0000_0000L;

    /** The registers of a function that runs. */
    private static final class Frame {
        private final long[] values = new long[11];
        private final boolean[] known = new boolean[11];
    }

    private final Vm vm;
    private final Code code;
    private final long context;
    private final Instruction[] bySlot;
    private final Region[] stacks = new Region[DEEPEST_CALL];
    private long steps;
    private Frame frame;
    private int depth;
    private int slot;

    Execution(Vm vm, Code code, long context) {
        this.vm = vm;
        this.code = code;
        this.context = context;
        this.bySlot = new Instruction[code.slots()];
        int at = 0;
        for (Instruction instruction : code.instructions()) {
            bySlot[at] = instruction;
            at += instruction.slots();
        }
    }

    long run() {
        try {
            return callFunction(0, context);
        } catch (VmException e) {
            throw new VmException(where() + e.getMessage());
        } finally {
            for (Region stack : stacks) {
                if (stack != null) {
                    vm.memory().releaseLater(stack);
                }
            }
        }
    }

    private String where() {
        if (slot < 0 || slot >= bySlot.length || bySlot[slot] == null) {
            return "";
        }
        String source = "";
        for (Code.Line line : code.lines()) {
            if (line.slot() <= slot) {
                source = " (" + line.file() + ":" + line.line() + ": " + line.text().strip() + ")";
            }
        }
        return "slot " + slot + ", " + Disassembler.format(bySlot[slot]) + source + ": ";
    }

    private long callFunction(int entry, long... arguments) {
        if (depth == DEEPEST_CALL) {
            throw new VmException("calls nest deeper than " + DEEPEST_CALL + " functions");
        }
        Frame caller = frame;
        int callSlot = slot;
        frame = new Frame();
        if (stacks[depth] == null) {
            stacks[depth] = vm.memory().add("stack " + depth, new byte[STACK_SIZE], Region.Access.PROGRAM);
        }
        Arrays.fill(stacks[depth].bytes(), STACK_FILL);
        set(Register.R10.number(), stacks[depth].address() + STACK_SIZE);
        for (int i = 0; i < arguments.length; i++) {
            set(i + 1, arguments[i]);
        }
        depth++;
        long result = interpret(entry);
        depth--;
        frame = caller;
        slot = callSlot;
        return result;
    }

    private long interpret(int entry) {
        int next = entry;
        while (true) {
            if (next < 0 || next >= bySlot.length || bySlot[next] == null) {
                throw new VmException("the program goes on at slot " + next + ", where no instruction starts");
            }
            slot = next;
            if (++steps > vm.budget()) {
                throw new VmException("the program has run " + vm.budget() + " instructions, which is its budget");
            }
            Instruction instruction = bySlot[slot];
            next = slot + instruction.slots();
            switch (instruction) {
                case Instruction.Jump jump -> next += jump.distance();
                case Instruction.Branch branch -> next += branchDistance(branch);
                case Instruction.Exit _ -> {
                    return get(Register.R0);
                }
                default -> step(instruction);
            }
        }
    }

    private int branchDistance(Instruction.Branch branch) {
        return Arithmetic.holds(branch.op(), branch.wide(), get(branch.left()), get(branch.right())) ? branch.distance() : 0;
    }

    private void step(Instruction instruction) {
        switch (instruction) {
            case Instruction.Move move -> move(move);
            case Instruction.Alu(boolean wide, var op, Register dst, Operand src) ->
                set(dst, Arithmetic.compute(op, wide, get(dst), get(src)));
            case Instruction.Negate(boolean wide, Register dst) -> set(dst, wide ? -get(dst) : -get(dst) & 0xffffffffL);
            case Instruction.ByteSwap(var order, int bits, Register dst) -> set(dst, Arithmetic.swap(order, bits, get(dst)));
            case Instruction.Load load -> load(load);
            case Instruction.Store(Size size, Register base, int offset, Operand src) ->
                vm.memory().store(get(base) + offset, size.bytes(), get(src));
            case Instruction.Atomic atomic -> atomic(atomic);
            case Instruction.LoadImmediate64(Register dst, long value) -> set(dst, value);
            case Instruction.LoadMap(Register dst, String map) -> set(dst, vm.map(map).handle());
            case Instruction.LoadMapValue(Register dst, String map, int offset) ->
                set(dst, vm.map(map).address(new byte[4]) + offset);
            case Instruction.LoadFunction(Register dst, int distance) -> set(dst, FUNCTION_BASE + slot + 1 + distance);
            case Instruction.MayGoto _ -> {
                // The instruction budget ends loops that do not end by themselves.
            }
            case Instruction.Call call -> callHelper(call);
            case Instruction.CallFunction(int distance) -> {
                long result = callFunction(slot + 1 + distance, argumentsForCall());
                forgetArguments();
                set(Register.R0, result);
            }
            case Instruction.LoadKernelVariable _ -> throw new VmException("the interpreter has no kernel variables");
            case Instruction.CallKfunc _ -> throw new VmException("the interpreter has no kernel functions");
            case Instruction.Jump _, Instruction.Branch _, Instruction.Exit _ ->
                throw new IllegalStateException("handled by the caller");
        }
    }

    private void move(Instruction.Move move) {
        long value = get(move.src());
        if (move.signBits() != 0) {
            value = Arithmetic.extend(value, move.signBits());
        }
        set(move.dst(), move.wide() ? value : value & 0xffffffffL);
    }

    private void load(Instruction.Load load) {
        long address = get(load.base()) + load.offset();
        int bytes = load.size().bytes();
        if (vm.lenientLoads() && !vm.memory().isLoadable(address, bytes)) {
            set(load.dst(), 0);
            return;
        }
        long value = vm.memory().load(address, bytes);
        set(load.dst(), load.signed() ? Arithmetic.extend(value, bytes * 8) : value);
    }

    private void atomic(Instruction.Atomic atomic) {
        long address = get(atomic.base()) + atomic.offset();
        int bytes = atomic.size().bytes();
        if ((address & bytes - 1) != 0) {
            throw new VmException("an atomic operation of " + bytes + " bytes is not aligned");
        }
        long old = vm.memory().load(address, bytes);
        long src = get(atomic.src());
        boolean wide = bytes == 8;
        switch (atomic.op()) {
            case ADD, FETCH_ADD -> vm.memory().store(address, bytes, old + src);
            case OR, FETCH_OR -> vm.memory().store(address, bytes, old | src);
            case AND, FETCH_AND -> vm.memory().store(address, bytes, old & src);
            case XOR, FETCH_XOR -> vm.memory().store(address, bytes, old ^ src);
            case XCHG -> vm.memory().store(address, bytes, src);
            case CMPXCHG -> {
                long expected = wide ? get(Register.R0) : get(Register.R0) & 0xffffffffL;
                // The kernel stores in both cases, and so finds memory that may not be written in both.
                vm.memory().store(address, bytes, old == expected ? src : old);
                set(Register.R0, old);
            }
        }
        if (atomic.op().fetches() && atomic.op() != AtomicOp.CMPXCHG) {
            set(atomic.src(), old);
        }
    }

    private long[] argumentsForCall() {
        int count = 5;
        while (count > 0 && !frame.known[count]) {
            count--;
        }
        return Arrays.copyOfRange(frame.values, 1, count + 1);
    }

    private void callHelper(Instruction.Call call) {
        HelperFunction function = vm.helpers().find(call.helper())
                .orElseThrow(() -> new VmException("the interpreter does not have this helper"));
        long result = function.call(new Arguments());
        forgetArguments();
        set(Register.R0, result);
    }

    private void forgetArguments() {
        for (int i = 1; i <= 5; i++) {
            frame.known[i] = false;
        }
    }

    private long get(Operand operand) {
        return switch (operand) {
            case Immediate(int value) -> value;
            case Register register -> get(register);
        };
    }

    private long get(Register register) {
        if (!frame.known[register.number()]) {
            throw new VmException(register.wideName() + " is read but holds nothing; calls forget r1 to r5");
        }
        return frame.values[register.number()];
    }

    private void set(Register register, long value) {
        set(register.number(), value);
    }

    private void set(int number, long value) {
        frame.values[number] = value;
        frame.known[number] = true;
    }

    /** The call of a helper, with the registers as they are now. */
    private final class Arguments implements HelperCall {
        @Override
        public long argument(int number) {
            return get(Register.of(number));
        }

        @Override
        public Vm vm() {
            return vm;
        }

        @Override
        public long context() {
            return context;
        }

        @Override
        public long callBack(long function, long... arguments) {
            long entry = function - FUNCTION_BASE;
            if (entry < 0 || entry >= bySlot.length) {
                throw new VmException("0x" + Long.toHexString(function) + " is no function of the program");
            }
            return callFunction((int) entry, arguments);
        }
    }
}
