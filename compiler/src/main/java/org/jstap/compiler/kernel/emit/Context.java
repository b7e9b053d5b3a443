package org.jstap.compiler.kernel.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.Uses;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.kernel.KernelPlan;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;
import org.jstap.language.source.Span;

/** What the emitters of one program share: the assembler, the frame, and where control goes from here. */
final class Context {
    final Assembler asm = new Assembler();
    final KernelPlan plan;
    final IrHandler handler;
    final Mechanism mechanism;
    final int site;
    final int[] widths;
    final Frame frame;
    final Uses uses;
    final Texts texts;
    final Records records;
    final SiteTables siteTables;
    final RegexTables regexTables;
    final Deletions deletions;
    final Counters counters;
    final Optional<TimeTable> times;
    final boolean hasLoop;
    /** What is emitted behind the current function's straight code: rarely taken ways. */
    private List<Runnable> outOfLine = new ArrayList<>();
    /** Functions still to be emitted: loop bodies. */
    final List<Runnable> functions = new ArrayList<>();
    /** Base of the frame: R10 in the program itself, R6 in the body of a loop. */
    Register base = Register.R10;
    /** Where an error goes that is already noted in {@link Frame#ERROR}. */
    Label onError;
    /** The same for an error that no {@code try} catches. */
    Label onFatal;
    /** Where an error goes whose record is already written; not used inside a {@code try}. */
    Label onReportedError;
    /** Innermost {@code try} that is being emitted, where there is one. */
    TryTarget tryTarget;
    /** Where leaving the handler goes. */
    Label leave;
    Map<Integer, Label> scopes = new HashMap<>();
    /** Present inside a loop body. */
    LoopExits loop;
    private int labels;

    Context(KernelPlan plan, IrHandler handler, Mechanism mechanism, int site, int[] widths, Frame frame, Tables tables) {
        this.plan = plan;
        this.handler = handler;
        this.mechanism = mechanism;
        this.site = site;
        this.widths = widths;
        this.frame = frame;
        this.texts = tables.texts();
        this.records = tables.records();
        this.siteTables = tables.siteTables();
        this.regexTables = tables.regexTables();
        this.deletions = tables.deletions();
        this.counters = tables.counters();
        this.times = tables.times();
        this.uses = Uses.of(handler.code());
        this.hasLoop = Lifetimes.hasLoop(handler.code().body());
    }

    Label label(String name) {
        return new Label(name + labels++);
    }

    void later(Runnable part) {
        outOfLine.add(part);
    }

    /** Emits what stands behind the straight code, including what that adds. */
    void flushLater() {
        while (!outOfLine.isEmpty()) {
            List<Runnable> now = outOfLine;
            outOfLine = new ArrayList<>();
            now.forEach(Runnable::run);
        }
    }

    void source(Span span) {
        Span shown = span.outermost();
        asm.source(shown.file().name(), shown.line(), shown.column(), shown.file().lineText(shown.line()).strip());
    }

    // ---- the frame

    void loadFrame(Register to, int offset) {
        asm.load(Size.DOUBLE, to, base, offset);
    }

    void storeFrame(int offset, Register from) {
        asm.store(Size.DOUBLE, base, offset, from);
    }

    void storeFrame(int offset, int value) {
        asm.storeImm(Size.DOUBLE, base, offset, value);
    }

    /** The address of a home that is no register. */
    void address(Register to, Home home) {
        switch (home) {
            case Home.InFrame(int offset, int _) -> {
                asm.mov(to, base);
                asm.alu(AluOp.ADD, to, offset);
            }
            case Home.InScratch(int offset, int _) -> {
                loadFrame(to, Frame.SCRATCH);
                if (offset != 0) {
                    asm.alu(AluOp.ADD, to, offset);
                }
            }
            case Home.InRegister(Register register) -> throw new IllegalStateException("no address in " + register);
        }
    }

    /** A {@code try} that is being emitted: the variable of its {@code catch}, and the one around it or null. */
    record TryTarget(Optional<Variable> message, TryTarget outer) { }

    /** Ways out of a loop body other than to its next turn, numbered from 2; 1 is a plain break. */
    static final class LoopExits {
        final List<Label> outside = new ArrayList<>();

        int number(Label target) {
            int index = outside.indexOf(target);
            if (index < 0) {
                index = outside.size();
                outside.add(target);
            }
            return index + 2;
        }
    }
}
