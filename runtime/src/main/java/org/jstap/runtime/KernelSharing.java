package org.jstap.runtime;

import java.util.List;
import java.util.function.Supplier;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.runtime.kernel.LiveKernelSide;

/** What is shared with handlers in the running kernel. {@code events} takes what a handler has written that is run by hand. */
record KernelSharing(LiveKernelSide side, Supplier<? extends KernelSide.Events> events) implements Sharing {
    @Override
    public void beforeHandlers(List<IrHandler> handlers) {
        side.beforeHandlers(handlers);
    }

    @Override
    public void beforeBlock(Code block) {
        side.beforeBlock(block);
    }

    @Override
    public void afterHandlers() {
        side.afterHandlers();
    }

    @Override
    public void beforeDisplay() {
        side.beforeDisplay();
    }

    @Override
    public boolean owns(IrHandler handler) {
        return side.owns(handler);
    }

    @Override
    public long run(IrHandler handler, long actions) {
        return side.runOnce(handler, actions);
    }

    @Override
    public void take() {
        side.drain(events.get());
    }
}
