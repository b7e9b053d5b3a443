package org.jstap.ebpf.asm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReachabilityTest {
    @Test
    void dropsWhatControlNeverReaches() {
        Label end = new Label("end");
        Label unused = new Label("unused");
        Code code = new Assembler().mov(Register.R0, 0).jump(end).bind(unused).mov(Register.R0, 1).bind(end).exit().assembleReachable();

        assertThat(code.instructions()).hasSize(2);
        assertThat(code.instructions().getLast()).isInstanceOf(Instruction.Exit.class);
    }

    @Test
    void keepsBothWaysOfABranch() {
        Label other = new Label("other");
        Assembler assembler = new Assembler().mov(Register.R0, 0).jumpIf(JumpOp.EQ, Register.R1, 0, other).exit().bind(other)
                .mov(Register.R0, 1).exit();

        assertThat(assembler.assembleReachable().instructions()).hasSize(5);
    }

    @Test
    void dropsFunctionsThatNobodyCalls() {
        Label main = new Label("main");
        Label called = new Label("called");
        Label idle = new Label("idle");
        Assembler assembler = new Assembler().beginFunction("main", main, 1).callFunction(called).exit();
        assembler.beginFunction("idle", idle, 0).mov(Register.R0, 2).exit();
        assembler.beginFunction("called", called, 0).mov(Register.R0, 1).exit();

        Code code = assembler.assembleReachable();

        assertThat(code.functions()).extracting(Code.Function::name).containsExactly("main", "called");
        assertThat(code.functions().get(1).slot()).isEqualTo(2);
    }
}
