package org.jstap.ebpf.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jstap.ebpf.asm.Register.R0;
import static org.jstap.ebpf.asm.Register.R1;
import static org.jstap.ebpf.asm.Register.R10;
import static org.jstap.ebpf.asm.Register.R2;
import static org.jstap.ebpf.asm.Register.R3;
import static org.jstap.ebpf.asm.Register.R4;
import static org.jstap.ebpf.asm.Register.R5;
import static org.jstap.ebpf.asm.Register.R6;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.AtomicOp;
import org.jstap.ebpf.asm.Code;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Size;
import org.jstap.ebpf.spec.MapEntry;
import org.jstap.ebpf.spec.MapFlags;
import org.jstap.ebpf.spec.MapSpec;
import org.junit.jupiter.api.Test;

class VmTest {
    private static byte[] word(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }

    private static byte[] quad(long value) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    }

    /** Counts in a hash under the key 7: creates the element or adds to it. */
    private static Code counter() {
        Label missing = new Label("missing");
        return new Assembler().storeImm(Size.WORD, R10, -4, 7).storeImm(Size.DOUBLE, R10, -16, 1)
                .loadMap(R1, "counts").mov(R2, R10).alu(AluOp.ADD, R2, -4).call(Helper.MAP_LOOKUP_ELEM)
                .jumpIf(JumpOp.EQ, R0, 0, missing).mov(R1, 1).atomic(AtomicOp.ADD, Size.DOUBLE, R0, 0, R1).mov(R0, 0).exit()
                .bind(missing).loadMap(R1, "counts").mov(R2, R10).alu(AluOp.ADD, R2, -4).mov(R3, R10).alu(AluOp.ADD, R3, -16)
                .mov(R4, 0).call(Helper.MAP_UPDATE_ELEM).exit().assemble();
    }

    @Test
    void countsInAHash() {
        Vm vm = new Vm(List.of(MapSpec.hash("counts", 4, 8, 10)));
        for (int i = 0; i < 3; i++) {
            assertThat(vm.run(counter(), new byte[0])).isZero();
        }
        assertThat(vm.map("counts").lookup(word(7))).hasValueSatisfying(value -> assertThat(value).isEqualTo(quad(3)));
        assertThat(vm.map("counts").entries()).containsExactly(new MapEntry(word(7), quad(3)));
        assertThat(vm.map("counts").delete(word(7))).isTrue();
        assertThat(vm.map("counts").lookup(word(7))).isEmpty();
    }

    @Test
    void refusesElementsOfAFullHash() {
        Vm vm = new Vm(List.of(MapSpec.hash("counts", 4, 8, 1)));
        vm.map("counts").update(word(1), quad(1));
        assertThat(vm.run(counter(), new byte[0])).isEqualTo(-7);
    }

    @Test
    void reachesAnArrayByLookupAndByAddress() {
        Vm vm = new Vm(List.of(MapSpec.array("globals", 16, 1).withContents(List.of(new MapEntry(word(0),
                ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(8, 41).array())))));
        Code code = new Assembler().loadMapValue(R1, "globals", 8).load(Size.DOUBLE, R0, R1, 0).alu(AluOp.ADD, R0, 1)
                .store(Size.DOUBLE, R1, 0, R0).exit().assemble();
        assertThat(vm.run(code, new byte[0])).isEqualTo(42);
        assertThat(vm.map("globals").lookup(word(0)).orElseThrow()[8]).isEqualTo((byte) 42);
        assertThat(vm.map("globals").lookup(word(1))).isEmpty();
    }

    @Test
    void keepsReadOnlyMapsFromPrograms() {
        Vm vm = new Vm(List.of(MapSpec.array("fixed", 8, 1).withFlags(MapFlags.RDONLY_PROG)));
        Code code = new Assembler().loadMapValue(R1, "fixed", 0).storeImm(Size.DOUBLE, R1, 0, 1).exit().assemble();
        assertThatThrownBy(() -> vm.run(code, new byte[0])).isInstanceOf(VmException.class).hasMessageContaining("not for programs");
    }

    @Test
    void seesTheMapThatTheHostPutIntoASlot() {
        MapSpec inner = MapSpec.hash("inner", 4, 8, 10);
        Vm vm = new Vm(List.of(MapSpec.arrayOfMaps("outer", 2, inner)));
        Label gone = new Label("gone");
        Code code = new Assembler().storeImm(Size.WORD, R10, -4, 1).loadMap(R1, "outer").mov(R2, R10).alu(AluOp.ADD, R2, -4)
                .call(Helper.MAP_LOOKUP_ELEM).jumpIf(JumpOp.EQ, R0, 0, gone)
                .storeImm(Size.DOUBLE, R10, -16, 9).mov(R1, R0).mov(R2, R10).alu(AluOp.ADD, R2, -4).mov(R3, R10)
                .alu(AluOp.ADD, R3, -16).mov(R4, 0).call(Helper.MAP_UPDATE_ELEM).exit().bind(gone).mov(R0, 1).exit().assemble();
        VmArrayOfMaps outer = (VmArrayOfMaps) vm.map("outer");
        assertThat(vm.run(code, new byte[0])).isZero();
        VmMap old = outer.exchange(1, vm.create(inner));
        assertThat(old.lookup(word(1))).isPresent();
        assertThat(outer.slot(1).entries()).isEmpty();
        assertThat(outer.slot(0).entries()).isEmpty();
    }

    @Test
    void collectsRecordsInOrder() {
        Vm vm = new Vm(List.of(MapSpec.ringBuffer("out", 64)));
        Label full = new Label("full");
        Code code = new Assembler().load(Size.DOUBLE, R6, R1, 0).loadMap(R1, "out").mov(R2, 8).mov(R3, 0)
                .call(Helper.RINGBUF_RESERVE).jumpIf(JumpOp.EQ, R0, 0, full).store(Size.DOUBLE, R0, 0, R6).mov(R1, R0).mov(R2, 0)
                .call(Helper.RINGBUF_SUBMIT).mov(R0, 0).exit().bind(full).mov(R0, 1).exit().assemble();
        for (long i = 0; i < 4; i++) {
            assertThat(vm.runAtEntry(code, i)).isZero();
        }
        assertThat(vm.runAtEntry(code, 4)).as("64 bytes hold 4 records of 8 bytes and a header").isEqualTo(1);
        assertThat(vm.ringBuffer("out").drain()).containsExactly(quad(0), quad(1), quad(2), quad(3));
        assertThat(vm.runAtEntry(code, 5)).isZero();
        assertThat(vm.ringBuffer("out").drain()).containsExactly(quad(5));
    }

    @Test
    void demandsThatRecordsAreSubmitted() {
        Vm vm = new Vm(List.of(MapSpec.ringBuffer("out", 4096)));
        Code code = new Assembler().loadMap(R1, "out").mov(R2, 8).mov(R3, 0).call(Helper.RINGBUF_RESERVE).mov(R0, 0).exit().assemble();
        assertThatThrownBy(() -> vm.run(code, new byte[0])).isInstanceOf(VmException.class).hasMessageContaining("'out'");
    }

    @Test
    void callsFunctionsWithStacksOfTheirOwn() {
        Label main = new Label("main");
        Label callee = new Label("square");
        Code code = new Assembler().beginFunction("main", main, 1).storeImm(Size.DOUBLE, R10, -8, 5).mov(R6, 3).mov(R1, 9)
                .callFunction(callee).load(Size.DOUBLE, R1, R10, -8).alu(AluOp.ADD, R0, R1).alu(AluOp.ADD, R0, R6).exit()
                .beginFunction("square", callee, 1).storeImm(Size.DOUBLE, R10, -8, 1).mov(R6, 100).mov(R0, R1)
                .alu(AluOp.MUL, R0, R1).exit().assemble();
        assertThat(new Vm(List.of()).run(code, new byte[0])).isEqualTo(81 + 5 + 3);
    }

    @Test
    void loopsOverACallback() {
        Label callback = new Label("add");
        Label more = new Label("more");
        Code code = new Assembler().beginFunction("main", new Label("main"), 1).storeImm(Size.DOUBLE, R10, -8, 0).mov(R1, 100)
                .loadFunction(R2, callback).mov(R3, R10).alu(AluOp.ADD, R3, -8).mov(R4, 0).call(Helper.LOOP)
                .load(Size.DOUBLE, R1, R10, -8).alu(AluOp.LSH, R1, 32).alu(AluOp.OR, R0, R1).exit()
                .beginFunction("add", callback, 2).load(Size.DOUBLE, R3, R2, 0).alu(AluOp.ADD, R3, R1)
                .store(Size.DOUBLE, R2, 0, R3).mov(R0, 0).jumpIf(JumpOp.LT, R1, 4, more).mov(R0, 1).bind(more).exit().assemble();
        assertThat(new Vm(List.of()).run(code, new byte[0])).as("sum 10 of the indexes 0 to 4, 5 rounds").isEqualTo(10L << 32 | 5);
    }

    @Test
    void readsKernelAndUserMemory() {
        Vm vm = new Vm(List.of());
        long kernel = vm.addKernelMemory("name", "eth0\0rest".getBytes(StandardCharsets.UTF_8));
        long user = vm.addUserMemory("path", "/tmp\0".getBytes(StandardCharsets.UTF_8));
        Code kernelString = probe(Helper.PROBE_READ_KERNEL_STR);
        assertThat(vm.runAtEntry(kernelString, kernel)).isEqualTo(5);
        assertThat(vm.runAtEntry(kernelString, user)).isEqualTo(-14);
        assertThat(vm.runAtEntry(kernelString, 0)).isEqualTo(-14);
        assertThat(vm.runAtEntry(probe(Helper.PROBE_READ_USER_STR), user)).isEqualTo(5);
        assertThat(vm.runAtEntry(probe(Helper.PROBE_READ_KERNEL), kernel)).isZero();
        assertThat(vm.runAtEntry(probe(Helper.PROBE_READ_KERNEL), kernel + 4)).as("beyond the end").isEqualTo(-14);
    }

    private static Code probe(Helper helper) {
        return new Assembler().load(Size.DOUBLE, R3, R1, 0).mov(R1, R10).alu(AluOp.ADD, R1, -8).mov(R2, 8).call(helper).exit().assemble();
    }

    @Test
    void tellsWhereItRuns() {
        Vm vm = new Vm(List.of()).setEnvironment(Environment.standard().withTask(10, 11, "sshd").withUser(1000, 100)
                .withClock(() -> 77).withCpu(3).withAttachment(5, 6));
        assertThat(vm.run(calling(Helper.GET_CURRENT_PID_TGID), new byte[0])).isEqualTo(10L << 32 | 11);
        assertThat(vm.run(calling(Helper.GET_CURRENT_UID_GID), new byte[0])).isEqualTo(100L << 32 | 1000);
        assertThat(vm.run(calling(Helper.KTIME_GET_NS), new byte[0])).isEqualTo(77);
        assertThat(vm.run(calling(Helper.GET_SMP_PROCESSOR_ID), new byte[0])).isEqualTo(3);
        assertThat(vm.runAtEntry(calling(Helper.GET_ATTACH_COOKIE), 0)).isEqualTo(5);
        assertThat(vm.runAtEntry(calling(Helper.GET_FUNC_IP), 0)).isEqualTo(6);
        Code command = new Assembler().mov(R1, R10).alu(AluOp.ADD, R1, -16).mov(R2, 16).call(Helper.GET_CURRENT_COMM)
                .load(Size.WORD, R0, R10, -16).exit().assemble();
        assertThat(vm.run(command, new byte[0])).isEqualTo(0x64687373);
    }

    private static Code calling(Helper helper) {
        return new Assembler().call(helper).exit().assemble();
    }

    @Test
    void givesArgumentsAndResultOfTheProbedFunction() {
        Code result = new Assembler().mov(R2, R10).alu(AluOp.ADD, R2, -8).call(Helper.GET_FUNC_RET)
                .load(Size.DOUBLE, R0, R10, -8).exit().assemble();
        assertThat(new Vm(List.of()).runAtReturn(result, -5, 1, 2, 3)).isEqualTo(-5);
        Code second = new Assembler().mov(R2, 1).mov(R3, R10).alu(AluOp.ADD, R3, -8).call(Helper.GET_FUNC_ARG)
                .load(Size.DOUBLE, R0, R10, -8).exit().assemble();
        assertThat(new Vm(List.of()).runAtEntry(second, 10, 20)).isEqualTo(20);
    }

    @Test
    void formatsText() {
        MapSpec format = MapSpec.array("format", 32, 1).withContents(List.of(new MapEntry(word(0),
                java.util.Arrays.copyOf("%d|%5lld|%-4x|%04u|%s".getBytes(StandardCharsets.UTF_8), 32))));
        Vm vm = new Vm(List.of(format, MapSpec.array("text", 64, 1)));
        long name = vm.addKernelMemory("name", "lo\0".getBytes(StandardCharsets.UTF_8));
        Code code = new Assembler().load(Size.DOUBLE, R6, R1, 0).store(Size.DOUBLE, R10, -8, R6)
                .storeImm(Size.DOUBLE, R10, -16, 12).storeImm(Size.DOUBLE, R10, -24, 255).storeImm(Size.DOUBLE, R10, -32, -3)
                .storeImm(Size.DOUBLE, R10, -40, -1)
                .loadMapValue(R1, "text", 0).mov(R2, 64).loadMapValue(R3, "format", 0).mov(R4, R10).alu(AluOp.ADD, R4, -40)
                .mov(R5, 40).call(Helper.SNPRINTF).exit().assemble();
        long length = vm.runAtEntry(code, name);
        String text = new String(vm.map("text").lookup(word(0)).orElseThrow(), 0, (int) length - 1, StandardCharsets.UTF_8);
        assertThat(text).isEqualTo("-1|   -3|ff  |0012|lo");
    }

    @Test
    void namesTheInstructionAndItsSource() {
        Code code = new Assembler().source("a.stp", 4, 1, "  x = y").mov(R1, 16).load(Size.WORD, R0, R1, 0).exit().assemble();
        assertThatThrownBy(() -> new Vm(List.of()).run(code, new byte[0])).isInstanceOf(VmException.class)
                .hasMessage("slot 1, r0 = *(u32 *)(r1 + 0) (a.stp:4: x = y): cannot read 4 bytes at 0x10: no memory is there");
        assertThat(new Vm(List.of()).setLenientLoads(true).run(code, new byte[0])).isZero();
    }

    @Test
    void findsAccessesBeyondTheStack() {
        Code code = new Assembler().storeImm(Size.DOUBLE, R10, -4, 0).mov(R0, 0).exit().assemble();
        assertThatThrownBy(() -> new Vm(List.of()).run(code, new byte[0])).isInstanceOf(VmException.class)
                .hasMessageContaining("byte 508 of 'stack 0', which has 512");
    }

    @Test
    void findsRegistersThatHoldNothing() {
        assertThatThrownBy(() -> new Vm(List.of()).run(new Assembler().exit().assemble(), new byte[0]))
                .isInstanceOf(VmException.class).hasMessageContaining("r0 is read but holds nothing");
        Code afterCall = new Assembler().call(Helper.KTIME_GET_NS).mov(R0, R1).exit().assemble();
        assertThatThrownBy(() -> new Vm(List.of()).run(afterCall, new byte[0]))
                .isInstanceOf(VmException.class).hasMessageContaining("r1 is read but holds nothing");
    }

    @Test
    void endsAtItsBudget() {
        Label top = new Label("top");
        Code code = new Assembler().bind(top).jump(top).assemble();
        assertThatThrownBy(() -> new Vm(List.of()).setBudget(1000).run(code, new byte[0])).isInstanceOf(VmException.class)
                .hasMessageContaining("1000 instructions");
    }

    @Test
    void comparesAndExchanges() {
        Code code = new Assembler().storeImm(Size.DOUBLE, R10, -8, 5).mov(R0, 5).mov(R1, 9)
                .atomic(AtomicOp.CMPXCHG, Size.DOUBLE, R10, -8, R1).mov(R6, R0).mov(R1, 1)
                .atomic(AtomicOp.XCHG, Size.DOUBLE, R10, -8, R1).alu(AluOp.LSH, R6, 8).alu(AluOp.OR, R6, R1).mov(R0, R6).exit().assemble();
        assertThat(new Vm(List.of()).run(code, new byte[0])).isEqualTo(0x509);
    }

    @Test
    void takesOtherHelpers() {
        Vm vm = new Vm(List.of());
        vm.setHelpers(vm.helpers().with(Helper.GET_STACKID, call -> call.argument(3) + 1));
        Code code = new Assembler().mov(R3, 41).call(Helper.GET_STACKID).exit().assemble();
        assertThat(vm.run(code, new byte[0])).isEqualTo(42);
        assertThatThrownBy(() -> new Vm(List.of()).run(code, new byte[0])).isInstanceOf(VmException.class)
                .hasMessageContaining("does not have this helper");
    }
}
