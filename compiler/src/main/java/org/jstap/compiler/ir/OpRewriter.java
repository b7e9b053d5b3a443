package org.jstap.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.language.source.Span;

/**
 * Rebuilds operations with other operands, variables and regions. A subclass says what becomes of each; the operands of an
 * operation are visited before the variable that it defines, and its regions last. Also serves to look at them all.
 */
public abstract class OpRewriter {
    /** What an operand that is read becomes. */
    protected Operand use(Operand operand) {
        return operand;
    }

    /** What a variable that is written becomes. */
    protected Variable define(Variable variable) {
        return variable;
    }

    protected Region region(Region region) {
        List<Op> ops = new ArrayList<>(region.ops().size());
        for (Op op : region.ops()) {
            ops.add(rewrite(op));
        }
        return new Region(ops);
    }

    protected int label(int label) {
        return label;
    }

    protected Span span(Span span) {
        return span;
    }

    public Op rewrite(Op op) {
        return switch (op) {
            case Op.Move o -> {
                Operand from = use(o.from());
                yield new Op.Move(define(o.to()), from, span(o.span()));
            }
            case Op.Unary o -> {
                Operand operand = use(o.operand());
                yield new Op.Unary(define(o.to()), o.op(), operand, span(o.span()));
            }
            case Op.Arithmetic o -> {
                Operand left = use(o.left());
                Operand right = use(o.right());
                yield new Op.Arithmetic(define(o.to()), o.op(), left, right, span(o.span()));
            }
            case Op.Compare o -> {
                Operand left = use(o.left());
                Operand right = use(o.right());
                yield new Op.Compare(define(o.to()), o.op(), left, right, span(o.span()));
            }
            case Op.Concat o -> {
                Operand left = use(o.left());
                Operand right = use(o.right());
                yield new Op.Concat(define(o.to()), left, right, span(o.span()));
            }
            case Op.Match o -> {
                Operand text = use(o.text());
                yield new Op.Match(define(o.to()), o.regex(), text, span(o.span()));
            }
            case Op.Capture o -> {
                Operand text = use(o.text());
                yield new Op.Capture(define(o.to()), o.regex(), text, groups(o.groups()), span(o.span()));
            }
            case Op.CallIntrinsic o -> {
                List<Operand> arguments = uses(o.arguments());
                yield new Op.CallIntrinsic(defines(o.to()), o.intrinsic(), arguments, span(o.span()));
            }
            case Op.Call o -> {
                List<Operand> arguments = uses(o.arguments());
                yield new Op.Call(defines(o.to()), o.function(), arguments, span(o.span()));
            }
            case Op.LoadArgument o -> new Op.LoadArgument(define(o.to()), o.index(), o.size(), o.signed(), o.pointee(), span(o.span()));
            case Op.LoadResult o -> new Op.LoadResult(define(o.to()), o.size(), o.signed(), o.arguments(), span(o.span()));
            case Op.LoadMemory o -> {
                Operand base = use(o.base());
                yield new Op.LoadMemory(define(o.to()), base, o.offset(), o.size(), o.signed(), o.bits(), o.space(), o.chained(),
                        span(o.span()));
            }
            case Op.LoadBytes o -> {
                Operand address = use(o.address());
                yield new Op.LoadBytes(define(o.to()), address, o.size(), span(o.span()));
            }
            case Op.StoreMemory o -> new Op.StoreMemory(use(o.base()), o.offset(), o.size(), o.bits(), use(o.value()), o.space(),
                    span(o.span()));
            case Op.Print o -> new Op.Print(output(o.output()), span(o.span()));
            case Op.Format o -> {
                Output output = output(o.output());
                yield new Op.Format(define(o.to()), output, span(o.span()));
            }
            case Op.PrintHistogram o -> new Op.PrintHistogram(o.global(), uses(o.keys()), o.histogram(), span(o.span()));
            case Op.ReadGlobal _, Op.WriteGlobal _, Op.AddGlobal _, Op.AddStat _, Op.ReadStat _, Op.ReadBucket _, Op.Contains _,
                 Op.Delete _, Op.NextElement _ -> rewriteGlobal(op);
            case Op.If _, Op.Loop _, Op.Foreach _, Op.ForeachBucket _, Op.Break _, Op.Continue _, Op.Scope _, Op.LeaveScope _,
                 Op.Return _, Op.LeaveHandler _, Op.Try _, Op.Count _, Op.HostBlock _ -> rewriteControl(op);
        };
    }

    private Op rewriteGlobal(Op op) {
        return switch (op) {
            case Op.ReadGlobal o -> {
                List<Operand> keys = uses(o.keys());
                yield new Op.ReadGlobal(define(o.to()), o.global(), keys, span(o.span()));
            }
            case Op.WriteGlobal o -> new Op.WriteGlobal(o.global(), uses(o.keys()), use(o.value()), span(o.span()));
            case Op.AddGlobal o -> new Op.AddGlobal(o.global(), uses(o.keys()), use(o.delta()), span(o.span()));
            case Op.AddStat o -> new Op.AddStat(o.global(), uses(o.keys()), use(o.value()), span(o.span()));
            case Op.ReadStat o -> {
                List<Operand> keys = uses(o.keys());
                yield new Op.ReadStat(define(o.to()), o.kind(), o.global(), keys, span(o.span()));
            }
            case Op.ReadBucket o -> {
                List<Operand> keys = uses(o.keys());
                Operand index = use(o.index());
                yield new Op.ReadBucket(define(o.to()), o.global(), keys, o.histogram(), index, span(o.span()));
            }
            case Op.Contains o -> {
                List<Optional<Operand>> keys = optionalUses(o.keys());
                yield new Op.Contains(define(o.to()), o.global(), keys, span(o.span()));
            }
            case Op.Delete o -> new Op.Delete(o.global(), optionalUses(o.keys()), span(o.span()));
            case Op.NextElement o -> {
                List<Optional<Operand>> slices = optionalUses(o.slices());
                Op.Cursor cursor = cursor(o.cursor());
                List<Variable> keys = new ArrayList<>();
                for (Variable key : o.keys()) {
                    keys.add(define(key));
                }
                yield new Op.NextElement(o.global(), keys, defines(o.value()), slices, o.sort(), cursor, span(o.span()));
            }
            default -> throw new IllegalStateException("no access to a global: " + op);
        };
    }

    private Op.Cursor cursor(Op.Cursor cursor) {
        use(cursor.last());
        use(cursor.kept());
        Optional<Op.CursorOrder> order = Optional.empty();
        if (cursor.order().isPresent()) {
            Op.CursorOrder old = cursor.order().get();
            use(old.last());
            use(old.place());
            order = Optional.of(new Op.CursorOrder(define(old.last()), define(old.found()), define(old.place())));
        }
        return new Op.Cursor(define(cursor.last()), define(cursor.found()), define(cursor.kept()), order);
    }

    private Op rewriteControl(Op op) {
        return switch (op) {
            case Op.If o -> {
                Operand condition = use(o.condition());
                Region then = region(o.then());
                yield new Op.If(condition, then, region(o.otherwise()), span(o.span()));
            }
            case Op.Loop o -> new Op.Loop(region(o.body()), span(o.span()));
            case Op.Foreach o -> {
                List<Optional<Operand>> slices = optionalUses(o.slices());
                Optional<Operand> limit = optionalUse(o.limit());
                List<Variable> keys = new ArrayList<>();
                for (Variable key : o.keys()) {
                    keys.add(define(key));
                }
                Optional<Variable> value = defines(o.value());
                yield new Op.Foreach(o.global(), keys, value, slices, o.sort(), limit, region(o.body()), span(o.span()));
            }
            case Op.ForeachBucket o -> {
                List<Operand> statKeys = uses(o.statKeys());
                Optional<Operand> limit = optionalUse(o.limit());
                Variable key = define(o.key());
                Optional<Variable> value = defines(o.value());
                yield new Op.ForeachBucket(o.global(), statKeys, o.histogram(), key, value, limit, region(o.body()),
                        span(o.span()));
            }
            case Op.Scope o -> new Op.Scope(label(o.label()), region(o.body()), span(o.span()));
            case Op.LeaveScope o -> new Op.LeaveScope(label(o.label()), span(o.span()));
            case Op.Return o -> new Op.Return(optionalUse(o.value()), span(o.span()));
            case Op.Try o -> {
                Region body = region(o.body());
                Optional<Variable> message = defines(o.message());
                yield new Op.Try(body, message, region(o.handler()), span(o.span()));
            }
            case Op.HostBlock o -> new Op.HostBlock(o.block(), uses(o.arguments()), span(o.span()));
            default -> op;
        };
    }

    /** The same for what is printed. */
    protected Output output(Output output) {
        List<Output.Argument> arguments = new ArrayList<>(output.arguments().size());
        for (Output.Argument argument : output.arguments()) {
            arguments.add(switch (argument) {
                case Output.Value value -> new Output.Value(use(value.operand()));
                case Output.Nested nested -> new Output.Nested(output(nested.output()));
                case Output.Deferred deferred -> new Output.Deferred(deferred.intrinsic(), uses(deferred.operands()));
            });
        }
        return new Output(output.format(), arguments);
    }

    private List<Op.Group> groups(List<Op.Group> groups) {
        List<Op.Group> result = new ArrayList<>(groups.size());
        for (Op.Group group : groups) {
            result.add(new Op.Group(group.number(), define(group.to())));
        }
        return result;
    }

    private List<Operand> uses(List<Operand> operands) {
        List<Operand> result = new ArrayList<>(operands.size());
        for (Operand operand : operands) {
            result.add(use(operand));
        }
        return result;
    }

    private Optional<Operand> optionalUse(Optional<Operand> operand) {
        return operand.isPresent() ? Optional.of(use(operand.get())) : operand;
    }

    private List<Optional<Operand>> optionalUses(List<Optional<Operand>> operands) {
        List<Optional<Operand>> result = new ArrayList<>(operands.size());
        for (Optional<Operand> operand : operands) {
            result.add(optionalUse(operand));
        }
        return result;
    }

    private Optional<Variable> defines(Optional<Variable> variable) {
        return variable.isPresent() ? Optional.of(define(variable.get())) : variable;
    }
}
