package org.jstap.compiler.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.host.text.Arguments;
import org.jstap.compiler.host.text.Formatter;
import org.jstap.compiler.host.text.TextBuffer;
import org.jstap.compiler.ir.Output;
import org.jstap.compiler.kernel.emit.KernelTarget;
import org.jstap.compiler.kernel.emit.Mechanism;
import org.jstap.compiler.kernel.emit.SiteGroup;
import org.jstap.compiler.kernel.layout.ControlLayout;
import org.jstap.compiler.kernel.layout.Field;
import org.jstap.compiler.kernel.layout.GlobalHome;
import org.jstap.compiler.kernel.layout.RecordLayout;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.ebpf.vm.Vm;
import org.junit.jupiter.api.Test;

/** One program for functions with different parameters: each is told by its own names and sizes. */
class SharedParametersTest {
    private static final String FUNCTIONS = "kernel.function(\"*@net/socket.c\").call";
    /** Where the first parameters are in struct pt_regs. */
    private static final int[] REGISTERS = {112, 104, 96, 88, 72, 64};
    private static final long[] PASSED = {0xffffffff_00000007L, -1, 0x1_ffff_fffeL, 3, 0xffff_8888_0000_0010L, -2};

    @Test
    void areTakenByOneProgram() {
        KernelTarget target = Kernels.assembled("probe " + FUNCTIONS + " { println($$parms) }");
        assertThat(target.groups()).singleElement().satisfies(group -> assertThat(group.sites()).hasSizeGreaterThan(3));
        assertThat(texts(target, Mechanism.KPROBE_MULTI)).isEqualTo(List.of(
                "net=0xffffffff00000007 family=0xffffffffffffffff type=0xfffffffffffffffe protocol=0x3 res=0xffff888800000010"
                        + " kern=0xfffffffffffffffe",
                "fd=0x7 umyaddr=0xffffffffffffffff addrlen=0xfffffffffffffffe",
                "family=0x7 type=0xffffffffffffffff protocol=0xfffffffffffffffe", "",
                "sock=0xffffffff00000007 msg=0xffffffffffffffff"));
    }

    @Test
    void areTheSameByATrampolineOfEachFunction() {
        KernelTarget target = Kernels.assembled("probe " + FUNCTIONS + " { println($$parms) }");
        assertThat(texts(target, Mechanism.FENTRY)).isEqualTo(texts(target, Mechanism.KPROBE_MULTI));
    }

    @Test
    void areTextsInTheKernelToo() {
        KernelTarget direct = Kernels.assembled("probe " + FUNCTIONS + " { println($$parms) }");
        KernelTarget target = Kernels.assembled("global s probe " + FUNCTIONS + " { if (s != \"?\") s = $$parms }");
        SiteGroup group = target.groups().getFirst();
        GlobalHome.Cell cell = (GlobalHome.Cell) target.plan().homes().getFirst();
        List<String> texts = new ArrayList<>();
        for (int site : group.sites()) {
            Vm vm = run(target, group, Mechanism.KPROBE_MULTI, site);
            byte[] after = vm.map(ControlLayout.MAP).lookup(new byte[4]).orElseThrow();
            String value = new String(after, cell.field().offset(), cell.field().size(), StandardCharsets.ISO_8859_1);
            texts.add(value.substring(0, value.indexOf('\0')));
        }
        assertThat(texts).isEqualTo(texts(direct, Mechanism.KPROBE_MULTI));
    }

    @Test
    void resultsOfOneSizeAreTakenByOneProgram() {
        KernelTarget target = Kernels.assembled("probe kernel.function(\"*@net/socket.c\").return { println($return) }");
        for (SiteGroup group : target.groups()) {
            for (int site : group.sites()) {
                Vm vm = prepared(target, site);
                ProbeSite.KernelFunction function = (ProbeSite.KernelFunction) group.handler().sites().get(site);
                vm.runAtReturn(target.emit(group, Mechanism.FEXIT, site).code(), 42, new long[function.arguments()]);
                byte[] record = vm.ringBuffer(target.ring()).drain().getFirst();
                assertThat(words(record).getLong(RecordLayout.HEADER)).isEqualTo(42);
            }
        }
        assertThat(target.groups()).hasSizeLessThan(5);
    }

    private static List<String> texts(KernelTarget target, Mechanism mechanism) {
        SiteGroup group = target.groups().getFirst();
        List<String> texts = new ArrayList<>();
        for (int site : group.sites()) {
            byte[] record = run(target, group, mechanism, site).ringBuffer(target.ring()).drain().getFirst();
            RecordLayout layout = target.records().get(words(record).getInt(RecordLayout.ID));
            texts.add(text(((RecordLayout.Text) layout.payload()).output(), layout, record).strip());
        }
        return texts;
    }

    /** What the host makes of a record that is numbers only, in a text within a text. */
    private static String text(Output output, RecordLayout layout, byte[] record) {
        PrintFormat format = ((Output.Nested) output.arguments().getFirst()).output().format();
        Arguments arguments = new Arguments(layout.fields().size());
        for (int i = 0; i < layout.fields().size(); i++) {
            Field field = layout.fields().get(i);
            arguments.set(i, words(record).getLong(field.offset()));
        }
        TextBuffer text = new TextBuffer();
        new Formatter((_, _) -> new byte[0]).format(format, arguments, text);
        return text.textFrom(0, 512);
    }

    private static Vm run(KernelTarget target, SiteGroup group, Mechanism mechanism, int site) {
        Vm vm = prepared(target, site);
        if (mechanism == Mechanism.FENTRY) {
            int count = ((ProbeSite.KernelFunction) group.handler().sites().get(site)).arguments();
            vm.runAtEntry(target.emit(group, mechanism, site).code(), java.util.Arrays.copyOf(PASSED, count));
            return vm;
        }
        byte[] registers = new byte[168];
        for (int i = 0; i < REGISTERS.length; i++) {
            words(registers).putLong(REGISTERS[i], PASSED[i]);
        }
        vm.run(target.emit(group, mechanism, group.sites().getFirst()).code(), registers);
        return vm;
    }

    private static Vm prepared(KernelTarget target, int site) {
        Vm vm = new Vm(target.maps());
        byte[] control = vm.map(ControlLayout.MAP).lookup(new byte[4]).orElseThrow();
        words(control).putLong(ControlLayout.STATE, ControlLayout.RUNNING);
        vm.map(ControlLayout.MAP).update(new byte[4], control);
        return vm.setEnvironment(vm.environment().withAttachment(site, 0));
    }

    private static ByteBuffer words(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }
}
