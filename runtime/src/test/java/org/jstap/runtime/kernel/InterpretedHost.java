package org.jstap.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.host.HostServices;
import org.jstap.compiler.host.Lifecycle;
import org.jstap.compiler.host.store.GlobalStorage;
import org.jstap.compiler.host.text.Arguments;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.kernel.emit.KernelTarget;
import org.jstap.compiler.kernel.emit.SiteGroup;
import org.jstap.compiler.kernel.layout.ControlLayout;
import org.jstap.compiler.kernel.layout.GlobalHome;
import org.jstap.compiler.program.Constant;
import org.jstap.compiler.program.Expr.Space;
import org.jstap.compiler.program.Global;
import org.jstap.ebpf.vm.Vm;
import org.jstap.runtime.KernelSide;

/**
 * A session whose kernel handlers run in the interpreter of eBPF: begin, end and error handlers, each when its turn comes. Globals
 * in maps are not shown to handlers on the JVM, so a script has to keep to one side.
 */
final class InterpretedHost implements HostServices, KernelSide.Events {
    private final Translation translation;
    private final KernelTarget target;
    private final Vm vm;
    private final RecordDecoder decoder;
    private final Lifecycle lifecycle;
    private final StringBuilder output = new StringBuilder();
    private final StringBuilder messages = new StringBuilder();
    private int exitCalls;

    InterpretedHost(Translation translation) {
        this.translation = translation;
        this.target = translation.target().orElseThrow();
        this.vm = new Vm(target.maps()).setBudget(20_000_000);
        fillCells();
        this.decoder = new RecordDecoder(target.records(), target.plan().handlers(), translation.limits(), this);
        this.lifecycle = new Lifecycle(translation.program(), translation.limits(),
                GlobalStorage.inJvm(translation.program().globals(), translation.limits()), this,
                line -> messages.append(line).append('\n'), new Lifecycle.Options(false, false, true));
    }

    /** The runtime gives shared scalars their first values; so does this. */
    private void fillCells() {
        byte[] control = vm.map(ControlLayout.MAP).lookup(new byte[4]).orElseThrow();
        for (Global global : target.plan().globals()) {
            if (target.plan().homes().get(global.id()) instanceof GlobalHome.Cell(var field, _) && global.initial().isPresent()) {
                switch (global.initial().get()) {
                    case Constant.Number number -> ByteBuffer.wrap(control).order(ByteOrder.nativeOrder())
                            .putLong(field.offset(), number.value());
                    case Constant.Text text -> {
                        byte[] bytes = text.value().getBytes(StandardCharsets.ISO_8859_1);
                        System.arraycopy(bytes, 0, control, field.offset(), bytes.length);
                    }
                }
            }
        }
        vm.map(ControlLayout.MAP).update(new byte[4], control);
    }

    Vm vm() {
        return vm;
    }

    KernelTarget target() {
        return target;
    }

    Outcome run() {
        if (lifecycle.start()) {
            lifecycle.finish();
        }
        return new Outcome(output.toString(), messages.toString(), lifecycle.status());
    }

    @Override
    public boolean isOver() {
        return false;
    }

    @Override
    public void block(String point, String name, Code block, Arguments arguments) {
        lifecycle.block(point, name, block, arguments);
    }

    @Override
    public boolean runsElsewhere(IrHandler handler) {
        return target.plan().handlers().stream().anyMatch(mine -> mine.id() == handler.id());
    }

    @Override
    public long runElsewhere(IrHandler handler, long actions) {
        byte[] control = vm.map(ControlLayout.MAP).lookup(new byte[4]).orElseThrow();
        ByteBuffer.wrap(control).order(ByteOrder.nativeOrder()).putLong(ControlLayout.ACTIONS_LEFT, actions);
        vm.map(ControlLayout.MAP).update(new byte[4], control);
        for (SiteGroup group : target.groups()) {
            if (group.handler().id() == handler.id()) {
                vm.run(target.emit(group, group.mechanisms().getFirst(), group.sites().getFirst()).code(), new byte[0]);
            }
        }
        control = vm.map(ControlLayout.MAP).lookup(new byte[4]).orElseThrow();
        return ByteBuffer.wrap(control).order(ByteOrder.nativeOrder()).getLong(ControlLayout.ACTIONS_LEFT);
    }

    @Override
    public void takeFromElsewhere() {
        drain();
    }

    /** Hands over what programs have written. */
    void drain() {
        for (byte[] record : vm.ringBuffer(target.ring()).drain()) {
            decoder.decode(MemorySegment.ofArray(record), this);
        }
    }

    @Override
    public void print(byte[] bytes, int offset, int length) {
        output.append(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void error(String line) {
        lifecycle.report(line);
    }

    @Override
    public void warning(String text) {
        messages.append("WARNING: ").append(text).append('\n');
    }

    @Override
    public void exit() {
        exitCalls++;
        messages.append("(exit)\n");
    }

    @Override
    public void warn(String text) {
        warning(text);
    }

    @Override
    public void requestExit() {
        exit();
    }

    @Override
    public int exitCalls() {
        return exitCalls;
    }

    @Override
    public void system(String command) {
        throw new UnsupportedOperationException(command);
    }

    @Override
    public long wallClock() {
        return 1_700_000_000_000_000_000L;
    }

    @Override
    public long monotonicClock() {
        return vm.environment().clock().getAsLong();
    }

    @Override
    public long random() {
        return 4;
    }

    @Override
    public int zoneOffset() {
        return 0;
    }

    @Override
    public String zoneName() {
        return "UTC";
    }

    @Override
    public long fact(Fact fact) {
        return 0;
    }

    @Override
    public String executableName() {
        return "";
    }

    @Override
    public String executableName(long process) {
        return "";
    }

    @Override
    public Optional<Symbol> symbol(long address) {
        return Optional.empty();
    }

    @Override
    public int read(Space space, long address, byte[] destination) {
        return 0;
    }
}
