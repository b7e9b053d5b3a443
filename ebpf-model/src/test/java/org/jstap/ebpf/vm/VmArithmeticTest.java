package org.jstap.ebpf.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jstap.ebpf.asm.Register.R0;
import static org.jstap.ebpf.asm.Register.R1;
import static org.jstap.ebpf.asm.Register.R2;

import java.util.List;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VmArithmeticTest {
    private static long run(Assembler assembler) {
        return new Vm(List.of()).run(assembler.exit().assemble(), new byte[8]);
    }

    private static long alu(AluOp op, long a, long b) {
        return run(new Assembler().loadImm64(R0, a).loadImm64(R1, b).alu(op, R0, R1));
    }

    private static long alu32(AluOp op, long a, long b) {
        return run(new Assembler().loadImm64(R0, a).loadImm64(R1, b).alu32(op, R0, R1));
    }

    @ParameterizedTest
    @CsvSource({"ADD,7,-9,-2", "SUB,7,9,-2", "MUL,-3,5,-15", "DIV,-1,2,9223372036854775807", "DIV,7,0,0", "MOD,7,0,7", "MOD,-1,10,5",
        "SDIV,-7,2,-3", "SDIV,-7,0,0", "SMOD,-7,3,-1", "SMOD,-7,0,-7", "SDIV,-9223372036854775808,-1,-9223372036854775808",
        "SMOD,-9223372036854775808,-1,0", "LSH,1,65,2", "RSH,-1,124,15", "ARSH,-16,66,-4", "OR,12,3,15", "AND,12,6,4", "XOR,12,6,10"})
    void computesIn64Bits(AluOp op, long a, long b, long result) {
        assertThat(alu(op, a, b)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({"ADD,4294967295,1,0", "SUB,0,1,4294967295", "MUL,65536,65536,0", "DIV,-1,2,2147483647", "DIV,7,0,0", "MOD,-1,0,4294967295",
        "MOD,4294967303,0,7", "SDIV,-7,2,4294967293", "SMOD,-7,3,4294967295", "LSH,1,33,2", "RSH,-1,60,15", "ARSH,-16,34,4294967292",
        "OR,-4294967296,1,1", "SDIV,-2147483648,-1,2147483648"})
    void computesIn32BitsAndClearsTheRest(AluOp op, long a, long b, long result) {
        assertThat(alu32(op, a, b)).isEqualTo(result);
    }

    @Test
    void movesAndExtends() {
        assertThat(run(new Assembler().mov(R0, -1))).isEqualTo(-1);
        assertThat(run(new Assembler().mov32(R0, -1))).isEqualTo(0xffffffffL);
        assertThat(run(new Assembler().loadImm64(R1, -2L).mov32(R0, R1))).isEqualTo(0xfffffffeL);
        assertThat(run(new Assembler().mov(R1, 0x80).movsx(R0, R1, 8))).isEqualTo(-128);
        assertThat(run(new Assembler().mov(R0, 5).neg(R0))).isEqualTo(-5);
        assertThat(run(new Assembler().mov(R0, 5).neg32(R0))).isEqualTo(0xfffffffbL);
    }

    @Test
    void swapsBytes() {
        long value = 0x1122334455667788L;
        assertThat(run(new Assembler().loadImm64(R0, value).be(R0, 16))).isEqualTo(0x8877L);
        assertThat(run(new Assembler().loadImm64(R0, value).be(R0, 32))).isEqualTo(0x88776655L);
        assertThat(run(new Assembler().loadImm64(R0, value).bswap(R0, 64))).isEqualTo(0x8877665544332211L);
        assertThat(run(new Assembler().loadImm64(R0, value).le(R0, 32))).isEqualTo(0x55667788L);
    }

    @ParameterizedTest
    @CsvSource({"EQ,1,1,true", "NE,1,1,false", "GT,-1,1,true", "SGT,-1,1,false", "LT,-1,1,false", "SLT,-1,1,true", "GE,1,1,true",
        "LE,2,1,false", "SGE,-1,-1,true", "SLE,-2,-1,true", "SET,6,1,false", "SET,6,2,true"})
    void comparesIn64Bits(JumpOp op, long a, long b, boolean taken) {
        Label goal = new Label("goal");
        assertThat(run(new Assembler().loadImm64(R1, a).loadImm64(R2, b).mov(R0, 1).jumpIf(op, R1, R2, goal).mov(R0, 0).bind(goal)))
                .isEqualTo(taken ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"EQ,4294967297,1,true", "SLT,4294967295,0,true", "LT,4294967295,0,false", "GT,4294967296,0,false"})
    void comparesOnlyTheLow32Bits(JumpOp op, long a, long b, boolean taken) {
        Label goal = new Label("goal");
        assertThat(run(new Assembler().loadImm64(R1, a).loadImm64(R2, b).mov(R0, 1).jumpIf32(op, R1, R2, goal).mov(R0, 0).bind(goal)))
                .isEqualTo(taken ? 1 : 0);
    }
}
