package org.jstap.ebpf.asm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jstap.ebpf.asm.Register.R0;
import static org.jstap.ebpf.asm.Register.R1;
import static org.jstap.ebpf.asm.Register.R2;
import static org.jstap.ebpf.asm.Register.R6;
import static org.jstap.ebpf.asm.Register.R10;

import org.junit.jupiter.api.Test;

class AssemblerTest {
    @Test
    void resolvesJumpsForwardAndBack() {
        Label top = new Label("top");
        Label end = new Label("end");
        Code code = new Assembler().bind(top).jumpIf(JumpOp.EQ, R1, 0, end).loadImm64(R2, 1L << 40).jump(top).bind(end)
                .mov(R0, 0).exit().assemble();
        assertThat(code.slots()).isEqualTo(6);
        assertThat(code.instructions().get(0)).isEqualTo(new Instruction.Branch(true, JumpOp.EQ, R1, new Immediate(0), 3));
        assertThat(code.instructions().get(2)).isEqualTo(new Instruction.Jump(-4, false));
    }

    @Test
    void namesTheLabelOfAMistake() {
        Label twice = new Label("twice");
        Assembler assembler = new Assembler().bind(twice).exit();
        assertThatThrownBy(() -> assembler.bind(twice)).isInstanceOf(AssemblyException.class).hasMessageContaining("'twice'");
        Label never = new Label("never");
        assertThatThrownBy(() -> new Assembler().jump(never).exit().assemble()).isInstanceOf(AssemblyException.class)
                .hasMessageContaining("'never'");
        Label last = new Label("last");
        assertThatThrownBy(() -> new Assembler().jump(last).exit().bind(last).assemble()).isInstanceOf(AssemblyException.class)
                .hasMessageContaining("'last'");
    }

    @Test
    void placesFunctionsAndTheirCalls() {
        Label main = new Label("main");
        Label callback = new Label("callback");
        Code code = new Assembler().beginFunction("main", main, 1).loadFunction(R2, callback).callFunction(callback).exit()
                .beginFunction("callback", callback, 2).mov(R0, 0).exit().assemble();
        assertThat(code.functions()).containsExactly(new Code.Function("main", 0, 1), new Code.Function("callback", 4, 2));
        assertThat(code.instructions().get(0)).isEqualTo(new Instruction.LoadFunction(R2, 3));
        assertThat(code.instructions().get(1)).isEqualTo(new Instruction.CallFunction(1));
    }

    @Test
    void refusesEmptyFunctions() {
        assertThatThrownBy(() -> new Assembler().beginFunction("empty", new Label("a"), 0)
                .beginFunction("next", new Label("b"), 0).exit().assemble())
                .isInstanceOf(AssemblyException.class).hasMessageContaining("'empty'");
        assertThatThrownBy(() -> new Assembler().assemble()).isInstanceOf(AssemblyException.class);
    }

    @Test
    void writesALineWhereTheSourceChangesAndWhereAFunctionStarts() {
        Code code = new Assembler().beginFunction("main", new Label("main"), 1)
                .source("a.stp", 1, 2, "x = 1").mov(R0, 0).source("a.stp", 1, 2, "x = 1").mov(R1, 0)
                .source("a.stp", 2, 1, "y = 2").exit()
                .beginFunction("f", new Label("f"), 0).exit().assemble();
        assertThat(code.lines()).containsExactly(new Code.Line(0, "a.stp", 1, 2, "x = 1"),
                new Code.Line(2, "a.stp", 2, 1, "y = 2"), new Code.Line(3, "a.stp", 2, 1, "y = 2"));
    }

    @Test
    void listsMapReferences() {
        Code code = new Assembler().loadMap(R1, "counts").loadMapValue(R2, "globals", 8).exit().assemble();
        assertThat(code.mapReferences()).containsExactly(new Code.MapReference(0, "counts", false),
                new Code.MapReference(2, "globals", true));
    }

    @Test
    void choosesTheShortestConstant() {
        assertThat(new Assembler().constant(R1, -1).assemble().slots()).isEqualTo(1);
        assertThat(new Assembler().constant(R1, 0xffffffffL).assemble().slots()).isEqualTo(2);
    }

    private static Assembler filled(Assembler assembler, int instructions) {
        for (int i = 0; i < instructions; i++) {
            assembler.mov(R0, i);
        }
        return assembler;
    }

    @Test
    void lengthensFarJumps() {
        Label end = new Label("end");
        Code code = filled(new Assembler().jump(end).jumpIf(JumpOp.EQ, R1, 0, end).jumpIf32(JumpOp.SET, R1, 4, end), 40_000)
                .bind(end).exit().assemble();
        assertThat(code.instructions().subList(0, 6)).containsExactly(
                new Instruction.Jump(40_005, true),
                new Instruction.Branch(true, JumpOp.NE, R1, new Immediate(0), 1),
                new Instruction.Jump(40_003, true),
                new Instruction.Branch(false, JumpOp.SET, R1, new Immediate(4), 1),
                new Instruction.Jump(1, false),
                new Instruction.Jump(40_000, true));
        assertThat(code.needsVersion4()).isTrue();
    }

    @Test
    void lengthensFarJumpsBack() {
        Label top = new Label("top");
        Code code = filled(new Assembler().bind(top), 33_000).jumpIf(JumpOp.LT, R0, R1, top).exit().assemble();
        assertThat(code.instructions().get(33_000)).isEqualTo(new Instruction.Branch(true, JumpOp.GE, R0, R1, 1));
        assertThat(code.instructions().get(33_001)).isEqualTo(new Instruction.Jump(-33_002, true));
    }

    @Test
    void failsClearlyWhereFarJumpsAreForbidden() {
        Label end = new Label("end");
        Assembler assembler = filled(new Assembler().forbidLongJumps().jump(end), 40_000).bind(end).exit();
        assertThatThrownBy(assembler::assemble).isInstanceOf(AssemblyException.class)
                .hasMessageContaining("'end'").hasMessageContaining("kernel 6.6");
    }

    @Test
    void listsReadably() {
        Label main = new Label("main");
        Label callback = new Label("each");
        Label out = new Label("out");
        Code code = new Assembler().beginFunction("probe_begin", main, 1)
                .source("count.stp", 3, 5, "  n[pid()]++").mov(R6, R1).load(Size.DOUBLE, R1, R6, 16).comment("the pid")
                .store(Size.WORD, R10, -4, R1).jumpIf(JumpOp.EQ, R1, 0, out)
                .source("count.stp", 4, 5, "  x <<< 1").loadMap(R1, "n").call(Helper.MAP_LOOKUP_ELEM)
                .mov32(R1, 1).atomic(AtomicOp.FETCH_ADD, Size.DOUBLE, R0, 8, R1).alu(AluOp.ARSH, R1, R2).be(R1, 16)
                .loadFunction(R2, callback).call(Helper.LOOP).bind(out).mov(R0, 0).exit()
                .beginFunction("each", callback, 2).mov(R0, 1).exit().assemble();
        assertThat(Disassembler.list(code)).isEqualTo("""
                probe_begin:
                ; count.stp:3: n[pid()]++
                     0: r6 = r1
                     1: r1 = *(u64 *)(r6 + 16)
                     2: *(u32 *)(r10 - 4) = r1  # the pid
                     3: if r1 == 0 goto out
                ; count.stp:4: x <<< 1
                     4: r1 = map[n]
                     6: call map_lookup_elem
                     7: w1 = 1
                     8: r1 = atomic_fetch_add((u64 *)(r0 + 8), r1)
                     9: r1 s>>= r2
                    10: r1 = be16 r1
                    11: r2 = &each
                    13: call loop
                out:
                    14: r0 = 0
                    15: exit

                each:
                ; count.stp:4: x <<< 1
                    16: r0 = 1
                    17: exit
                """);
    }

    @Test
    void listsUnnamedGoals() {
        Code code = new Code(java.util.List.of(new Instruction.Jump(0, false), new Instruction.Exit()),
                java.util.List.of(new Code.Function("main", 0, 1)), java.util.List.of(), java.util.List.of(), java.util.List.of());
        assertThat(Disassembler.list(code)).contains("goto L1\nL1:\n");
        assertThat(Disassembler.format(new Instruction.MayGoto(-2))).isEqualTo("may_goto -2");
        assertThat(Disassembler.format(new Instruction.Atomic(AtomicOp.CMPXCHG, Size.WORD, R1, 0, R2)))
                .isEqualTo("w0 = cmpxchg_32(r1 + 0, w0, w2)");
    }
}
