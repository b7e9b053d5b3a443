package org.jstap.ebpf.asm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodingTest {
    private static Code code(List<Instruction> instructions) {
        return new Code(instructions, List.of(new Code.Function("main", 0, 1)), List.of(), List.of(), List.of());
    }

    private static String hex(Instruction instruction) {
        return HexFormat.of().formatHex(code(List.of(instruction)).encode(map -> 7));
    }

    private static List<Instruction> everyForm() {
        List<Instruction> all = new ArrayList<>();
        Operand[] operands = {Register.R3, new Immediate(-5), new Immediate(Integer.MAX_VALUE)};
        for (boolean wide : new boolean[] {false, true}) {
            for (Operand operand : operands) {
                all.add(new Instruction.Move(wide, Register.R1, operand, 0));
                for (AluOp op : AluOp.values()) {
                    all.add(new Instruction.Alu(wide, op, Register.R2, operand));
                }
                for (JumpOp op : JumpOp.values()) {
                    all.add(new Instruction.Branch(wide, op, Register.R10, operand, -7));
                }
            }
            all.add(new Instruction.Negate(wide, Register.R9));
            all.add(new Instruction.Move(wide, Register.R1, Register.R2, 8));
            all.add(new Instruction.Move(wide, Register.R1, Register.R2, 16));
        }
        all.add(new Instruction.Move(true, Register.R1, Register.R2, 32));
        for (Instruction.ByteOrder order : Instruction.ByteOrder.values()) {
            for (int bits : new int[] {16, 32, 64}) {
                all.add(new Instruction.ByteSwap(order, bits, Register.R4));
            }
        }
        for (Size size : Size.values()) {
            all.add(new Instruction.Load(size, false, Register.R0, Register.R10, Short.MIN_VALUE));
            if (size != Size.DOUBLE) {
                all.add(new Instruction.Load(size, true, Register.R0, Register.R1, Short.MAX_VALUE));
            }
            all.add(new Instruction.Store(size, Register.R10, -8, Register.R10));
            all.add(new Instruction.Store(size, Register.R10, -8, new Immediate(-1)));
        }
        for (AtomicOp op : AtomicOp.values()) {
            all.add(new Instruction.Atomic(op, Size.WORD, Register.R1, 4, Register.R2));
            all.add(new Instruction.Atomic(op, Size.DOUBLE, Register.R1, -4, Register.R2));
        }
        for (Helper helper : Helper.values()) {
            all.add(new Instruction.Call(helper));
        }
        all.addAll(List.of(
                new Instruction.LoadImmediate64(Register.R5, 0x8000_0000_ffff_fffeL),
                new Instruction.LoadMap(Register.R1, "map7"),
                new Instruction.LoadMapValue(Register.R1, "map7", 24),
                new Instruction.LoadFunction(Register.R2, -30),
                new Instruction.LoadKernelVariable(Register.R2, 4711),
                new Instruction.Jump(-3, false),
                new Instruction.Jump(70000, true),
                new Instruction.MayGoto(9),
                new Instruction.CallKfunc(123456),
                new Instruction.CallFunction(-40),
                new Instruction.Exit()));
        return all;
    }

    @Test
    void decodesWhatItEncodes() {
        List<Instruction> all = everyForm();
        for (Instruction instruction : all) {
            byte[] bytes = code(List.of(instruction)).encode(map -> 7);
            assertThat(bytes).as("%s", instruction).hasSize(instruction.slots() * 8);
            assertThat(Decoder.decode(bytes, fd -> "map" + fd)).containsExactly(instruction);
        }
        assertThat(Decoder.decode(code(all).encode(map -> 7), fd -> "map" + fd)).isEqualTo(all);
    }

    /** The bytes that clang and the kernel's own documentation give for these. */
    @Test
    void agreesWithTheSpecification() {
        assertThat(hex(new Instruction.Move(true, Register.R6, Register.R1, 0))).isEqualTo("bf16000000000000");
        assertThat(hex(new Instruction.Move(true, Register.R0, new Immediate(0), 0))).isEqualTo("b700000000000000");
        assertThat(hex(new Instruction.Move(true, Register.R1, Register.R2, 32))).isEqualTo("bf21200000000000");
        assertThat(hex(new Instruction.Load(Size.DOUBLE, false, Register.R1, Register.R6, 16))).isEqualTo("7961100000000000");
        assertThat(hex(new Instruction.Load(Size.BYTE, true, Register.R1, Register.R6, 0))).isEqualTo("9161000000000000");
        assertThat(hex(new Instruction.Store(Size.WORD, Register.R10, -4, Register.R0))).isEqualTo("630afcff00000000");
        assertThat(hex(new Instruction.Store(Size.DOUBLE, Register.R10, -8, new Immediate(1)))).isEqualTo("7a0af8ff01000000");
        assertThat(hex(new Instruction.Atomic(AtomicOp.ADD, Size.DOUBLE, Register.R0, 0, Register.R1)))
                .isEqualTo("db10000000000000");
        assertThat(hex(new Instruction.Atomic(AtomicOp.CMPXCHG, Size.WORD, Register.R1, 0, Register.R2)))
                .isEqualTo("c3210000f1000000");
        assertThat(hex(new Instruction.Branch(true, JumpOp.EQ, Register.R0, new Immediate(0), 2))).isEqualTo("1500020000000000");
        assertThat(hex(new Instruction.Branch(false, JumpOp.SGT, Register.R1, Register.R2, -1))).isEqualTo("6e21ffff00000000");
        assertThat(hex(new Instruction.Jump(5, false))).isEqualTo("0500050000000000");
        assertThat(hex(new Instruction.Jump(5, true))).isEqualTo("0600000005000000");
        assertThat(hex(new Instruction.MayGoto(1))).isEqualTo("e500010000000000");
        assertThat(hex(new Instruction.Call(Helper.KTIME_GET_NS))).isEqualTo("8500000005000000");
        assertThat(hex(new Instruction.CallFunction(3))).isEqualTo("8510000003000000");
        assertThat(hex(new Instruction.CallKfunc(9))).isEqualTo("8520000009000000");
        assertThat(hex(new Instruction.LoadMap(Register.R1, "m"))).isEqualTo("18110000070000000000000000000000");
        assertThat(hex(new Instruction.LoadMapValue(Register.R1, "m", 16))).isEqualTo("18210000070000000000000010000000");
        assertThat(hex(new Instruction.LoadImmediate64(Register.R2, 0x1122334455667788L)))
                .isEqualTo("18020000887766550000000044332211");
        assertThat(hex(new Instruction.ByteSwap(Instruction.ByteOrder.BIG, 16, Register.R1))).isEqualTo("dc01000010000000");
        assertThat(hex(new Instruction.ByteSwap(Instruction.ByteOrder.SWAP, 64, Register.R1))).isEqualTo("d701000040000000");
        assertThat(hex(new Instruction.Alu(true, AluOp.SDIV, Register.R1, Register.R2))).isEqualTo("3f21010000000000");
        assertThat(hex(new Instruction.Exit())).isEqualTo("9500000000000000");
    }

    @Test
    void numbersHelpersAsTheKernel() {
        assertThat(Helper.MAP_LOOKUP_ELEM.id()).isEqualTo(1);
        assertThat(Helper.PROBE_READ.id()).isEqualTo(4);
        assertThat(Helper.GET_CURRENT_PID_TGID.id()).isEqualTo(14);
        assertThat(Helper.PROBE_READ_KERNEL_STR.id()).isEqualTo(115);
        assertThat(Helper.RINGBUF_OUTPUT.id()).isEqualTo(130);
        assertThat(Helper.LOOP.id()).isEqualTo(181);
        assertThat(Helper.GET_FUNC_RET.id()).isEqualTo(184);
        assertThat(Helper.MAP_LOOKUP_PERCPU_ELEM.id()).isEqualTo(195);
        assertThat(Helper.KTIME_GET_TAI_NS.id()).isEqualTo(208);
        assertThat(Helper.CGRP_STORAGE_DELETE.id()).isEqualTo(211);
        for (Helper helper : Helper.values()) {
            assertThat(Helper.byId(helper.id())).contains(helper);
        }
        assertThat(Helper.byId(0)).isEmpty();
        assertThat(Helper.byId(212)).isEmpty();
        assertThat(Helper.RINGBUF_OUTPUT.symbol()).isEqualTo("ringbuf_output");
    }

    @Test
    void refusesBytesThatAreNoProgram() {
        assertThatThrownBy(() -> Decoder.decode(new byte[7], fd -> "m")).isInstanceOf(AssemblyException.class)
                .hasMessageContaining("no whole slots");
        assertThatThrownBy(() -> Decoder.decode(HexFormat.of().parseHex("1801000000000000"), fd -> "m"))
                .isInstanceOf(AssemblyException.class).hasMessageContaining("second half");
        assertThatThrownBy(() -> Decoder.decode(HexFormat.of().parseHex("8500000000ffff00"), fd -> "m"))
                .isInstanceOf(AssemblyException.class).hasMessageContaining("no helper");
    }

    @Test
    void refusesWhatTheEncodingCannotHold() {
        assertThatThrownBy(() -> new Instruction.Load(Size.WORD, false, Register.R1, Register.R2, 40000))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("40000");
        assertThatThrownBy(() -> new Instruction.Move(true, Register.R10, Register.R1, 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("frame pointer");
        assertThatThrownBy(() -> new Instruction.Atomic(AtomicOp.ADD, Size.BYTE, Register.R1, 0, Register.R2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsFunctionsOfDecodedCode() {
        Code decoded = Code.decode(code(List.of(new Instruction.CallFunction(1), new Instruction.Exit(), new Instruction.Exit()))
                .encode(map -> 0), fd -> "m");
        assertThat(decoded.functions()).extracting(Code.Function::slot).containsExactly(0, 2);
    }
}
