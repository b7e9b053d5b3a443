package org.jstap.compiler.host.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Output;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Expr.ArithmeticOp;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.Type;

/** Makes the nodes of one function or handler. */
final class RoutineTranslator {
    private final List<Global> globals;
    private final List<Routine> functions;
    private final List<Code> functionCodes;
    private final Registers registers;

    private RoutineTranslator(List<Global> globals, List<Routine> functions, List<Code> functionCodes, Registers registers) {
        this.globals = globals;
        this.functions = functions;
        this.functionCodes = functionCodes;
        this.registers = registers;
    }

    static void define(Routine routine, Code code, List<Global> globals, List<Routine> functions, List<Code> functionCodes,
                       int maxText) {
        Registers registers = new Registers(code, maxText);
        Node body = new RoutineTranslator(globals, functions, functionCodes, registers).region(code.body());
        int[] parameters = new int[code.parameters().size()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = registers.of(code.parameters().get(i));
        }
        routine.define(registers.numbers(), registers.texts(), parameters, body);
    }

    private Node region(Region region) {
        List<Op> ops = region.ops();
        if (ops.isEmpty()) {
            return Block.EMPTY;
        }
        Node[] nodes = new Node[ops.size()];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = node(ops.get(i));
        }
        return nodes.length == 1 ? nodes[0] : new Block(nodes);
    }

    private Node node(Op op) {
        return switch (op) {
            case Op.Move move -> isText(move.to()) ? new Values.MoveText(of(move.to()), of(move.from()))
                    : new Values.MoveNumber(of(move.to()), of(move.from()));
            case Op.Unary unary -> new Values.Unary(of(unary.to()), unary.op(), of(unary.operand()));
            case Op.Arithmetic arithmetic -> arithmetic(arithmetic);
            case Op.Compare compare -> isText(compare.left())
                    ? new Values.CompareTexts(of(compare.to()), compare.op(), of(compare.left()), of(compare.right()))
                    : new Values.CompareNumbers(of(compare.to()), compare.op(), of(compare.left()), of(compare.right()));
            case Op.Concat concat -> new Values.Concat(of(concat.to()), of(concat.left()), of(concat.right()));
            case Op.Match match -> new Values.Match(of(match.to()), match.regex(), of(match.text()));
            case Op.Capture capture -> capture(capture);
            case Op.CallIntrinsic call -> callIntrinsic(call);
            case Op.Call call -> call(call);
            case Op.Print print -> new Printing.Print(plan(print.output()), print.span());
            case Op.Format format -> new Printing.FormatText(of(format.to()), plan(format.output()), format.span());
            case Op.ReadGlobal _, Op.WriteGlobal _, Op.AddGlobal _, Op.AddStat _, Op.ReadStat _, Op.ReadBucket _, Op.Contains _,
                 Op.Delete _, Op.PrintHistogram _ -> globalAccess(op);
            case Op.LoadArgument load -> new Memory.Unavailable("no argument here: not an event of the kernel", load.span());
            case Op.LoadResult load -> new Memory.Unavailable("no result here: not an event of the kernel", load.span());
            case Op.LoadMemory load -> new Memory.Load(of(load.to()), of(load.base()), load.offset(), load.size(), load.signed(),
                    load.bits(), load.space(), load.span());
            case Op.LoadBytes load -> throw new IllegalArgumentException("of the kernel target: " + load);
            case Op.StoreMemory store -> new Memory.Unavailable("memory cannot be written here", store.span());
            case Op.If _, Op.Loop _, Op.Foreach _, Op.ForeachBucket _, Op.Break _, Op.Continue _, Op.Return _, Op.LeaveHandler _,
                 Op.Try _, Op.Count _, Op.Scope _, Op.LeaveScope _ -> control(op);
            case Op.NextElement step -> throw new IllegalArgumentException("of the kernel target: " + step);
            case Op.HostBlock _ -> throw new IllegalArgumentException("on the host already: " + op);
        };
    }

    private Node arithmetic(Op.Arithmetic op) {
        int to = of(op.to());
        int left = of(op.left());
        int right = of(op.right());
        return op.op() == ArithmeticOp.ADD ? new Values.Add(to, left, right)
                : new Values.Arithmetic(to, op.op(), left, right, op.span());
    }

    private Node capture(Op.Capture op) {
        int[] groups = new int[op.groups().size()];
        int[] targets = new int[groups.length];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = op.groups().get(i).number();
            targets[i] = of(op.groups().get(i).to());
        }
        return new Values.Capture(of(op.to()), op.regex(), of(op.text()), groups, targets);
    }

    private Node callIntrinsic(Op.CallIntrinsic call) {
        if (call.intrinsic() == Intrinsic.ABORT) {
            return new Calls.Abort();
        }
        return new Calls.CallIntrinsic(destination(call.to()), call.intrinsic(), references(call.intrinsic(), call.arguments()), call.span());
    }

    private Node call(Op.Call call) {
        Type type = functionCodes.get(call.function()).result();
        return new Calls.Call(destination(call.to()), type, functions.get(call.function()), references(call.arguments()),
                call.span());
    }

    private Node globalAccess(Op op) {
        return switch (op) {
            case Op.ReadGlobal read -> read(read);
            case Op.WriteGlobal write -> write.keys().isEmpty()
                    ? new Globals.WriteScalar(write.global(), registers.reference(write.value()))
                    : new Globals.WriteElement(write.global(), key(write.global(), write.keys()),
                            registers.reference(write.value()), write.span());
            case Op.AddGlobal add -> add.keys().isEmpty() ? new Globals.AddScalar(add.global(), of(add.delta()))
                    : new Globals.AddElement(add.global(), key(add.global(), add.keys()), of(add.delta()), add.span());
            case Op.AddStat add -> add.keys().isEmpty() ? new Statistics.AddScalar(add.global(), of(add.value()))
                    : new Statistics.AddElement(add.global(), key(add.global(), add.keys()), of(add.value()), add.span());
            case Op.ReadStat read -> new Statistics.Extract(of(read.to()), read.kind(), read.global(),
                    key(read.global(), read.keys()), read.span());
            case Op.ReadBucket read -> new Statistics.Bucket(of(read.to()), read.global(), key(read.global(), read.keys()),
                    of(read.index()), read.span());
            case Op.Contains contains -> new Globals.Contains(of(contains.to()), contains.global(),
                    slice(contains.global(), contains.keys()));
            case Op.Delete delete -> delete.keys().isEmpty() ? new Globals.Clear(delete.global())
                    : new Globals.DeleteElement(delete.global(), slice(delete.global(), delete.keys()));
            case Op.PrintHistogram print -> new Statistics.PrintHistogram(print.global(), key(print.global(), print.keys()),
                    print.span());
            default -> throw new IllegalArgumentException("no access to a global: " + op);
        };
    }

    private Node read(Op.ReadGlobal read) {
        if (!read.keys().isEmpty()) {
            return new Globals.ReadElement(registers.reference(read.to()), read.global(), key(read.global(), read.keys()));
        }
        return isText(read.to()) ? new Globals.ReadText(of(read.to()), read.global())
                : new Globals.ReadNumber(of(read.to()), read.global());
    }

    private Node control(Op op) {
        return switch (op) {
            case Op.If branch -> new Control.If(of(branch.condition()), region(branch.then()), region(branch.otherwise()));
            case Op.Loop loop -> new Control.Loop(region(loop.body()));
            case Op.Foreach loop -> foreach(loop);
            case Op.ForeachBucket loop -> new Loops.ForeachBucket(loop.global(), key(loop.global(), loop.statKeys()),
                    of(loop.key()), destination(loop.value()), optional(loop.limit()), region(loop.body()),
                    loop.span());
            case Op.Break _ -> new Control.Leave(Node.BREAK);
            case Op.Continue _ -> new Control.Leave(Node.CONTINUE);
            case Op.Return end -> returned(end);
            case Op.LeaveHandler _ -> new Control.Leave(Node.LEAVE);
            case Op.Try attempt -> new Control.Try(region(attempt.body()), destination(attempt.message()),
                    region(attempt.handler()));
            case Op.Scope scope -> new Control.Scope(scope.label(), region(scope.body()));
            case Op.LeaveScope leave -> new Control.Leave(Node.FIRST_LABEL + leave.label());
            case Op.Count count -> new Control.Count(count.statements(), count.span());
            default -> throw new IllegalArgumentException("no control operation: " + op);
        };
    }

    private Node returned(Op.Return end) {
        if (end.value().isEmpty()) {
            return new Control.Leave(Node.RETURN);
        }
        Operand value = end.value().get();
        return isText(value) ? new Control.ReturnText(of(value)) : new Control.ReturnNumber(of(value));
    }

    private Node foreach(Op.Foreach loop) {
        RegisterRef[] keys = new RegisterRef[loop.keys().size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = registers.reference(loop.keys().get(i));
        }
        Optional<RegisterRef> value = loop.value().isPresent() ? Optional.of(registers.reference(loop.value().get()))
                : Optional.empty();
        boolean sliced = false;
        for (Optional<Operand> part : loop.slices()) {
            sliced |= part.isPresent();
        }
        return new Loops.Foreach(globals.get(loop.global()), keys, value,
                sliced ? Optional.of(slice(loop.global(), loop.slices())) : Optional.empty(), loop.sort(), optional(loop.limit()),
                region(loop.body()));
    }

    private Printing.Plan plan(Output output) {
        List<Printing.Source> sources = new ArrayList<>();
        for (Output.Argument argument : output.arguments()) {
            sources.add(switch (argument) {
                case Output.Value value -> new Printing.Register(registers.reference(value.operand()));
                case Output.Nested nested -> new Printing.Nested(plan(nested.output()));
                case Output.Deferred deferred -> new Printing.Deferred(deferred.intrinsic(), references(deferred.intrinsic(), deferred.operands()));
            });
        }
        return new Printing.Plan(output.format(), sources);
    }

    private KeyRegisters key(int global, List<Operand> keys) {
        int[] columns = new int[keys.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = of(keys.get(i));
        }
        return new KeyRegisters(globals.get(global), columns);
    }

    private KeyRegisters slice(int global, List<Optional<Operand>> keys) {
        int[] columns = new int[keys.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = optional(keys.get(i));
        }
        return new KeyRegisters(globals.get(global), columns);
    }

    private RegisterRef[] references(Intrinsic intrinsic, List<Operand> operands) {
        RegisterRef[] references = references(operands);
        if (intrinsic == Intrinsic.ENTRY && operands.getFirst() instanceof Operand.Text table) {
            references[0] = registers.table(table.value());
        }
        return references;
    }

    private RegisterRef[] references(List<Operand> operands) {
        RegisterRef[] references = new RegisterRef[operands.size()];
        for (int i = 0; i < references.length; i++) {
            references[i] = registers.reference(operands.get(i));
        }
        return references;
    }

    private int destination(Optional<Variable> to) {
        return to.isPresent() ? of(to.get()) : Calls.NOWHERE;
    }

    private int optional(Optional<Operand> operand) {
        return operand.isPresent() ? of(operand.get()) : Calls.NOWHERE;
    }

    private int of(Operand operand) {
        return registers.of(operand);
    }

    private static boolean isText(Operand operand) {
        return operand.type() == Type.STRING;
    }
}
