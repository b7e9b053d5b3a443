package org.jstap.compiler.kernel.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.compiler.kernel.layout.RecordLayout;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;
import org.jstap.language.source.Span;

/** Control flow, and to whom each other operation goes. */
final class Regions {
    private static final int CONTINUE = 0;
    private static final int BREAK = 1;

    private final Context context;
    private final Values values;
    private final Failures failures;
    private final Strings strings;
    private final Arithmetic arithmetic;
    private final Memory memory;
    private final Outputs outputs;
    private final Actions actions;
    private final Globals globals;
    private final Intrinsics intrinsics;
    private final Assembler asm;

    Regions(Context context, Values values, Failures failures, Outputs outputs) {
        this.context = context;
        this.values = values;
        this.failures = failures;
        this.outputs = outputs;
        this.actions = new Actions(context, failures);
        this.strings = new Strings(context, values);
        this.arithmetic = new Arithmetic(context, values, strings, failures);
        this.memory = new Memory(context, values, failures);
        this.globals = new Globals(context, values, failures);
        this.intrinsics = new Intrinsics(context, values, strings, failures, outputs);
        this.asm = context.asm;
    }

    /** Before the handler's first operation. */
    void begin() {
        actions.start();
    }

    /** Whichever way the handler ends. */
    void end() {
        actions.end();
    }

    void region(Region region) {
        List<Op> ops = region.ops();
        for (int i = 0; i < ops.size(); i++) {
            Op op = ops.get(i);
            context.source(op.span());
            if (op instanceof Op.Compare compare && i + 1 < ops.size() && ops.get(i + 1) instanceof Op.If branch
                    && branch.condition().equals(compare.to()) && context.uses.reads(compare.to()) == 1) {
                branch(branch, otherwise -> arithmetic.jumpIf(Arithmetic.inverse(compare.op()), compare.left(), compare.right(),
                        otherwise));
                i++;
            } else {
                op(op);
            }
        }
    }

    private void op(Op op) {
        switch (op) {
            case Op.Move o -> values.move(o.to(), o.from());
            case Op.Unary o -> arithmetic.unary(o);
            case Op.Arithmetic o -> arithmetic.arithmetic(o);
            case Op.Compare o -> arithmetic.compare(o);
            case Op.Concat o -> strings.concat(o);
            case Op.CallIntrinsic o -> intrinsics.call(o);
            case Op.ReadGlobal o -> globals.read(o);
            case Op.WriteGlobal o -> globals.write(o);
            case Op.AddGlobal o -> globals.add(o);
            case Op.AddStat o -> globals.addStat(o);
            case Op.Contains o -> globals.contains(o);
            case Op.Delete o -> globals.delete(o);
            case Op.NextElement o -> globals.next(o);
            case Op.LoadArgument o -> memory.argument(o);
            case Op.LoadResult o -> memory.result(o);
            case Op.LoadMemory o -> memory.load(o);
            case Op.LoadBytes o -> memory.bytes(o);
            case Op.Print o -> outputs.record(new RecordLayout.Text(o.output()));
            case Op.Format o -> outputs.format(o);
            case Op.If o -> branch(o, otherwise -> asm.jumpIf(JumpOp.EQ, values.inRegister(o.condition(), Register.R1), 0, otherwise));
            case Op.Loop o -> loop(o.body(), o.span());
            case Op.Scope o -> scope(o);
            case Op.Try o -> attempt(o);
            case Op.Break _ -> leaveLoop(BREAK);
            case Op.Continue _ -> leaveLoop(CONTINUE);
            case Op.LeaveScope o -> goTo(context.scopes.get(o.label()));
            case Op.Return _, Op.LeaveHandler _ -> goTo(context.leave);
            case Op.Count o -> actions.count(o);
            case Op.HostBlock o -> outputs.record(new RecordLayout.Block(o.block(), o.arguments()));
            case Op.StoreMemory o -> throw unsupported("writing to memory of the kernel", o.span());
            case Op.Foreach o -> throw unsupported("foreach", o.span());
            case Op.ForeachBucket o -> throw unsupported("foreach", o.span());
            case Op.Match o -> regexMatch().match(o.to(), o.regex(), o.text());
            case Op.Capture o when o.groups().isEmpty() -> regexMatch().match(o.to(), o.regex(), o.text());
            case Op.Capture o -> new GroupMatch(context, values, new StringSearch(context, values, failures)).capture(o);
            case Op.ReadStat o -> globals.readStat(o);
            case Op.ReadBucket o -> globals.readBucket(o);
            case Op.PrintHistogram o -> globals.printHistogram(o, outputs);
            case Op.Call o -> throw new IllegalStateException("a call that is not inlined: " + o);
        }
    }

    private RegexMatch regexMatch() {
        return new RegexMatch(context, values, new StringSearch(context, values, failures));
    }

    private static KernelUnsupported unsupported(String what, Span span) {
        return new KernelUnsupported(what + " is not supported in a handler that runs in the kernel", span);
    }

    private interface Condition {
        /** Goes to {@code otherwise} where the condition does not hold. */
        void jumpUnless(Label otherwise);
    }

    private void branch(Op.If branch, Condition condition) {
        Label otherwise = context.label("else");
        condition.jumpUnless(otherwise);
        region(branch.then());
        if (branch.otherwise().isEmpty()) {
            asm.bind(otherwise);
            return;
        }
        Label end = context.label("end");
        if (!leaves(branch.then())) {
            asm.jump(end);
        }
        asm.bind(otherwise);
        region(branch.otherwise());
        asm.bind(end);
    }

    private static boolean leaves(Region region) {
        return !region.isEmpty() && (region.ops().getLast() instanceof Op.Return || region.ops().getLast() instanceof Op.LeaveHandler
                || region.ops().getLast() instanceof Op.LeaveScope || region.ops().getLast() instanceof Op.Break
                || region.ops().getLast() instanceof Op.Continue);
    }

    private void goTo(Label target) {
        asm.jump(target);
    }

    private void scope(Op.Scope scope) {
        Label end = context.label("scope");
        Label outer = context.scopes.put(scope.label(), end);
        region(scope.body());
        asm.bind(end);
        if (outer == null) {
            context.scopes.remove(scope.label());
        } else {
            context.scopes.put(scope.label(), outer);
        }
    }

    private void attempt(Op.Try attempt) {
        Label handler = context.label("catch");
        Label end = context.label("end");
        Label outerError = context.onError;
        Context.TryTarget outer = context.tryTarget;
        context.onError = handler;
        context.tryTarget = new Context.TryTarget(attempt.message(), outer);
        region(attempt.body());
        context.onError = outerError;
        context.tryTarget = outer;
        asm.jump(end);
        asm.bind(handler);
        region(attempt.handler());
        asm.bind(end);
    }

    // ---- loops: the body is a function of its own, called by bpf_loop (from Linux 5.17)

    private void loop(Region body, Span span) {
        Label entry = context.label("loop");
        Context.LoopExits exits = new Context.LoopExits();
        int turns = Actions.budget(context);
        context.storeFrame(Frame.LEFT, CONTINUE);
        asm.mov(Register.R1, turns);
        asm.loadFunction(Register.R2, entry);
        asm.mov(Register.R3, context.base);
        asm.mov(Register.R4, 0);
        asm.call(Helper.LOOP);
        Saved saved = new Saved();
        saved.targets().forEach(exits::number);
        context.functions.add(() -> body(body, entry, exits, saved));
        context.loadFrame(Register.R1, Frame.LEFT);
        for (int i = 0; i < exits.outside.size(); i++) {
            asm.jumpIf(JumpOp.EQ, Register.R1, i + 2, exits.outside.get(i));
        }
        asm.jumpIf(JumpOp.EQ, Register.R1, CONTINUE, failures.uncatchable("MAXACTION exceeded", span));
    }

    /** Where control can go from a place, kept until the loop body at that place is emitted. */
    private final class Saved {
        private final Label onError = context.onError;
        private final Label onFatal = context.onFatal;
        private final Label onReportedError = context.onReportedError;
        private final Label leave = context.leave;
        private final Context.TryTarget tryTarget = context.tryTarget;
        private final HashMap<Integer, Label> scopes = new HashMap<>(context.scopes);

        List<Label> targets() {
            List<Label> targets = new ArrayList<>(List.of(onError, onFatal, onReportedError, leave));
            targets.addAll(scopes.values());
            return targets;
        }
    }

    /** Emits the body; ways out of it become numbers that the code behind the call takes up. */
    private void body(Region body, Label entry, Context.LoopExits exits, Saved saved) {
        asm.beginFunction("loop_body", entry, 2);
        asm.mov(Register.R6, Register.R2);
        context.base = Register.R6;
        context.loop = exits;
        context.tryTarget = saved.tryTarget;
        Map<Label, Label> inside = new LinkedHashMap<>();
        context.onError = inside.computeIfAbsent(saved.onError, _ -> context.label("out"));
        context.onFatal = inside.computeIfAbsent(saved.onFatal, _ -> context.label("out"));
        context.onReportedError = inside.computeIfAbsent(saved.onReportedError, _ -> context.label("out"));
        context.leave = inside.computeIfAbsent(saved.leave, _ -> context.label("out"));
        HashMap<Integer, Label> scopes = new HashMap<>();
        saved.scopes.forEach((label, target) -> scopes.put(label, inside.computeIfAbsent(target, _ -> context.label("out"))));
        context.scopes = scopes;
        region(body);
        leaveLoop(CONTINUE);
        context.flushLater();
        inside.forEach((target, label) -> {
            asm.bind(label);
            leaveLoop(exits.number(target));
        });
    }

    private void leaveLoop(int how) {
        asm.storeImm(Size.DOUBLE, context.base, Frame.LEFT, how);
        asm.mov(Register.R0, how == CONTINUE ? 0 : 1);
        asm.exit();
    }
}
