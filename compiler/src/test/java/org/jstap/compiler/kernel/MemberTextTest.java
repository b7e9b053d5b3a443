package org.jstap.compiler.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.kernel.emit.KernelTarget;
import org.jstap.compiler.kernel.emit.Mechanism;
import org.jstap.compiler.kernel.emit.SiteGroup;
import org.jstap.compiler.kernel.layout.ControlLayout;
import org.jstap.compiler.kernel.layout.GlobalHome;
import org.jstap.ebpf.vm.Vm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts in structs come out the same whether a program loads their words or calls the kernel's helper. */
class MemberTextTest {
    private static final int LENGTH = 16;

    @ParameterizedTest
    @CsvSource(textBlock = """
            lo,               15, lo
            '',               15, ''
            eth0,              3, eth
            enp0s31f6,        15, enp0s31f6
            seven77,          15, seven77
            eight888,         15, eight888
            eight888,          8, eight888
            fifteen-bytes-x,  15, fifteen-bytes-x
            sixteen-bytes-xy, 15, sixteen-bytes-x
            sixteen-bytes-xy, 16, sixteen-bytes-xy
            sixteen-bytes-xy,  9, sixteen-b
            \u00ff\u0080\u0001\u007f\u0081\u00fe\u0080\u0080\u0001, 15, \u00ff\u0080\u0001\u007f\u0081\u00fe\u0080\u0080\u0001
            """)
    void isTheSameByWordsAndByHelper(String name, int most, String text) {
        KernelTarget target = Kernels.assembled("global s probe kernel.trace(\"net_dev_queue\") { s = kernel_string_n($skb->dev->name, "
                + most + ") } probe end { println(s) }");
        SiteGroup group = target.groups().getFirst();
        assertThat(group.mechanisms()).contains(Mechanism.BTF_TRACEPOINT, Mechanism.BTF_TRACEPOINT_READING);
        for (Mechanism mechanism : List.of(Mechanism.BTF_TRACEPOINT, Mechanism.BTF_TRACEPOINT_READING)) {
            // What an earlier, longer name has left behind must not show.
            assertThat(run(target, group, mechanism, name.length() < LENGTH ? name + "\0earlier-and-longer" : name))
                    .as("%s of '%s' by %s", most, name, mechanism).isEqualTo(text);
        }
    }

    private static String run(KernelTarget target, SiteGroup group, Mechanism mechanism, String name) {
        Vm vm = new Vm(target.maps());
        byte[] control = vm.map(ControlLayout.MAP).lookup(new byte[4]).orElseThrow();
        words(control).putLong(ControlLayout.STATE, ControlLayout.RUNNING);
        vm.map(ControlLayout.MAP).update(new byte[4], control);
        byte[] device = new byte[4096];
        byte[] bytes = Arrays.copyOf(name.getBytes(StandardCharsets.ISO_8859_1), LENGTH);
        System.arraycopy(bytes, 0, device, offset(group), LENGTH);
        device[offset(group) + LENGTH] = 'N';
        // A packet all of whose words point to the device.
        byte[] packet = new byte[256];
        long at = vm.addKernelMemory("device", device);
        for (int i = 0; i < packet.length; i += 8) {
            words(packet).putLong(i, at);
        }
        vm.runAtEntry(target.emit(group, mechanism, 0).code(), vm.addKernelMemory("packet", packet));
        GlobalHome.Cell cell = (GlobalHome.Cell) target.plan().homes().getFirst();
        byte[] after = vm.map(ControlLayout.MAP).lookup(new byte[4]).orElseThrow();
        String value = new String(after, cell.field().offset(), cell.field().size(), StandardCharsets.ISO_8859_1);
        int end = value.indexOf('\0');
        assertThat(value.substring(end).chars().allMatch(c -> c == 0)).as("zeros behind '%s'", value).isTrue();
        return value.substring(0, end);
    }

    private static ByteBuffer words(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    private static int offset(SiteGroup group) {
        for (Op op : group.handler().code().body().ops()) {
            if (op instanceof Op.CallIntrinsic call && call.intrinsic() == Intrinsic.MEMBER_TEXT) {
                return (int) ((Operand.Number) call.arguments().get(1)).value();
            }
        }
        throw new AssertionError("no text of a member is read: " + group.handler().code());
    }
}
