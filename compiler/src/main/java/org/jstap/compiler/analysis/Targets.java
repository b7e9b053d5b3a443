package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.compiler.analysis.BoundExpression.ContextValue;
import org.jstap.compiler.analysis.BoundExpression.Unresolved;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.probe.KernelView;
import org.jstap.compiler.probe.ProbeContext;
import org.jstap.compiler.probe.ResolvedPoint;
import org.jstap.compiler.program.Expr;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.ebpf.btf.BtfType;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.source.Span;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.TargetComponent;
import org.jstap.language.tree.TreePrinter;

/** Resolves target expressions at one probe site, or in a function, by the kernel's type information. */
final class Targets implements TargetResolver {
    private final KernelView kernel;
    private final AnalysisOptions options;
    private final ProbeContext context;
    private final Optional<ProbeSite> site;
    private final SiteVariables variables;
    /** Whether an alias has a tracepoint in place of the return of a function. */
    private final boolean forReturn;
    private final boolean shares;
    private final List<SiteSummary> summaries = new ArrayList<>();
    private final StringBuilder signature = new StringBuilder();
    /** C types of script variables that hold what a target expression gave. */
    private final Map<Variable, Held> typed = new IdentityHashMap<>();
    private Optional<CTypes> types = Optional.empty();
    /** What a return takes from the entry. */
    private Optional<EntryValues> entry = Optional.empty();

    /** The C type of a value; where it is that of an object, the value is the object's address. */
    private record Held(int type, Expr.Space space) { }

    private Targets(KernelView kernel, AnalysisOptions options, ProbeContext context, Optional<ProbeSite> site,
                    boolean forReturn, boolean shares) {
        this.kernel = kernel;
        this.options = options;
        this.context = context;
        this.site = site;
        this.variables = new SiteVariables(context, site);
        this.forReturn = forReturn;
        this.shares = shares;
    }

    static Targets atSite(KernelView kernel, AnalysisOptions options, ResolvedPoint point) {
        boolean forReturn = point.site() instanceof ProbeSite.Tracepoint && point.isOfAlias() && point.name().endsWith(".return");
        boolean shares = point.site() instanceof ProbeSite.KernelFunction function && !function.isReturn();
        return new Targets(kernel, options, point.context(), Optional.of(point.site()), forReturn, shares);
    }

    /** At the entry that a return belongs to. */
    static Targets atEntry(KernelView kernel, AnalysisOptions options, ResolvedPoint point) {
        return new Targets(kernel, options, point.context(), Optional.of(point.site()), false, false);
    }

    static Targets inFunction(KernelView kernel, AnalysisOptions options) {
        return new Targets(kernel, options, ProbeContext.NONE, Optional.empty(), false, false);
    }

    void takeFrom(Optional<EntryValues> values) {
        entry = values;
    }

    /** All that was resolved so far, in words; sites with equal words can share code. */
    String signature() {
        return signature.toString();
    }

    /** Texts that differ from site to site without making another handler, in the order in which they were met. */
    List<SiteSummary> summaries() {
        return summaries;
    }

    @Override
    public boolean hasContext() {
        return context.available();
    }

    @Override
    public BoundExpression resolve(Expression expression, ExpressionBinder binder, boolean write) {
        if (write) {
            throw SiteVariables.refusedWrite(options.guru(), expression.span());
        }
        try {
            return value(expression, binder);
        } catch (DiagnosticException e) {
            signature.append('!');
            return new Unresolved(e.diagnostic(), expression.span());
        }
    }

    @Override
    public Optional<Expression> setting(Expression.Assignment assignment) {
        Optional<Expression.Call> call = variables.setting(assignment, options.guru());
        if (call.isEmpty()) {
            return Optional.empty();
        }
        signature.append("set ").append(call.get().name()).append(';');
        return Optional.of(call.get());
    }

    @Override
    public Optional<Boolean> defined(Expression expression, ExpressionBinder binder) {
        return switch (expression) {
            case Expression.TargetVariable _, Expression.Cast _, Expression.Autocast _, Expression.VariableReference _,
                    Expression.Entry _, Expression.Constant _ -> {
                boolean defined;
                if (expression instanceof Expression.TargetVariable e && context.settable().containsKey(e.name())) {
                    yield Optional.of(true);
                }
                if (isOfEntry(expression)) {
                    yield entry.get().defined(expression);
                }
                try {
                    value(expression, binder);
                    defined = true;
                } catch (DiagnosticException _) {
                    defined = false;
                }
                signature.append(defined ? '+' : '-');
                yield Optional.of(defined);
            }
            default -> Optional.empty();
        };
    }

    @Override
    public void assigned(Variable variable, Expression value, ExpressionBinder binder) {
        try {
            typeOf(value, binder).ifPresent(type -> typed.putIfAbsent(variable, type));
        } catch (DiagnosticException e) {
            // Binding the value itself has reported it.
            signature.append('!');
        }
    }

    private Optional<Held> typeOf(Expression value, ExpressionBinder binder) {
        return switch (value) {
            case Expression.TargetVariable e when e.addressOf() && !e.name().startsWith("$$") ->
                    objectAt(new Expression.TargetVariable(e.name(), false, e.components(), e.span()), binder);
            case Expression.Cast e when e.addressOf() ->
                    objectAt(new Expression.Cast(e.operand(), e.type(), e.module(), false, e.components(), e.span()), binder);
            case Expression.Autocast e when e.addressOf() ->
                    objectAt(new Expression.Autocast(e.operand(), false, e.components(), e.span()), binder);
            case Expression.Ternary e when binder.known(e.condition()).isEmpty() -> {
                Optional<Held> then = typeOf(e.then(), binder);
                yield then.isPresent() ? then : typeOf(e.otherwise(), binder);
            }
            case Expression.TargetVariable _, Expression.Cast _, Expression.Autocast _, Expression.Entry _, Expression.Ternary _,
                    Expression.Symbol _ -> place(value, binder).map(place -> new Held(place.type(), place.space()));
            case Expression.Call e when e.arguments().isEmpty() ->
                    place(value, binder).map(place -> new Held(place.type(), place.space()));
            default -> Optional.empty();
        };
    }

    /** What the address of an object gives, where something can follow: a number at an address has no members. */
    private Optional<Held> objectAt(Expression object, ExpressionBinder binder) {
        Optional<CPlace> place = place(object, binder);
        return place.isPresent() && place.get().inMemory() && isObject(place.get().type())
                ? Optional.of(new Held(place.get().type(), place.get().space())) : Optional.empty();
    }

    private boolean isObject(int type) {
        return types().isPresent() && types().get().plain(type) instanceof BtfType.Composite;
    }

    /** Whether an expression of a return probe has the value that it had when the function was called. */
    private boolean isOfEntry(Expression expression) {
        // The registers of a system call are at hand at its return as well.
        if (entry.isEmpty() || site.get() instanceof ProbeSite.Tracepoint
                || !(expression instanceof Expression.TargetVariable e) || e.name().equals("$return")
                || e.name().equals("$$return")) {
            return false;
        }
        // A trampoline still knows the arguments themselves at the return, but not what they pointed to.
        boolean trampoline = !options.savesArguments() && site.get() instanceof ProbeSite.KernelFunction function && function.funcId().isPresent();
        return !trampoline || !e.components().isEmpty();
    }

    private BoundExpression entryValue(Expression.Entry e, ExpressionBinder binder) {
        if (entry.isPresent()) {
            return entry.get().value(e.operand(), e.span());
        }
        if (isKept(e)) {
            return targetVariable((Expression.TargetVariable) e.operand(), binder);
        }
        throw new DiagnosticException(Diagnostic.semanticError("entry-context", forReturn
                ? "here a tracepoint stands for the return, which has the variables of the entry, but not what else there was then"
                : "@entry is only valid in .return probes", e.span()).seeing("operator '@entry'"));
    }

    /** A tracepoint that stands for a return tells what was passed to the function; memory may have changed since. */
    private boolean isKept(Expression.Entry e) {
        return forReturn && e.operand() instanceof Expression.TargetVariable variable && variable.components().isEmpty();
    }

    private BoundExpression value(Expression expression, ExpressionBinder binder) {
        if (isOfEntry(expression)) {
            return entry.get().value(expression, expression.span());
        }
        return switch (expression) {
            case Expression.TargetVariable e -> targetVariable(e, binder);
            case Expression.Cast e -> finish(cast(e, binder), e.components(), e.addressOf(), e.span(), binder);
            case Expression.Autocast e -> finish(autocast(e, binder), e.components(), e.addressOf(), e.span(), binder);
            case Expression.VariableReference e -> throw unsupported("@var needs debuginfo, which jstap does not use", e.span());
            case Expression.Entry e -> entryValue(e, binder);
            case Expression.Constant e -> KernelConstants.value(e, this);
            case Expression.Dereference e -> dereference(e, binder);
            case Expression.Register e -> throw unsupported("registers cannot be read by number yet", e.span());
            default -> throw unsupported("this is no target expression", expression.span());
        };
    }

    private static DiagnosticException unsupported(String message, Span at) {
        return new DiagnosticException(Diagnostic.semanticError("unsupported", message, at));
    }

    /** The kernel's types, which most handlers on the JVM never ask for: reading them takes 30 ms. */
    private Optional<CTypes> types() {
        if (types.isEmpty()) {
            types = (context.types().isPresent() ? context.types() : kernel.btf()).map(CTypes::new);
        }
        return types;
    }

    CTypes types(Span at) {
        if (types().isEmpty()) {
            throw new DiagnosticException(Diagnostic.semanticError("no-btf",
                    "the kernel has no type information (BTF), so its variables and types are unknown", at)
                    .withHint("a kernel built with CONFIG_DEBUG_INFO_BTF=y has /sys/kernel/btf/vmlinux"));
        }
        return types.get();
    }

    // ---- $variables

    private BoundExpression targetVariable(Expression.TargetVariable e, ExpressionBinder binder) {
        Expression further = context.further().get(e.name());
        if (further != null) {
            return further(e, further, binder);
        }
        if (e.name().startsWith("$$")) {
            return summary(e);
        }
        return finish(variable(e), e.components(), e.addressOf(), e.span(), binder);
    }

    /** A variable that is made of others. */
    private BoundExpression further(Expression.TargetVariable e, Expression meaning, ExpressionBinder binder) {
        if (meaning instanceof Expression.TargetVariable of && !e.components().isEmpty()) {
            List<TargetComponent> components = new ArrayList<>(of.components());
            components.addAll(e.components());
            return value(new Expression.TargetVariable(of.name(), e.addressOf(), components, e.span()), binder);
        }
        boolean pretty = e.components().size() == 1 && e.components().getFirst() instanceof TargetComponent.Pretty;
        if (e.addressOf() || !e.components().isEmpty() && !pretty) {
            throw new DiagnosticException(Diagnostic.semanticError("no-type", "the type of what '" + e.name()
                    + "' points to is not known here", e.span()).withHint("name it: @cast(" + e.name() + ", \"struct …\")->…"));
        }
        signature.append(e.name()).append(TreePrinter.print(meaning)).append(';');
        return binder.bind(meaning);
    }

    private CPlace variable(Expression.TargetVariable e) {
        Span at = Tokens.head(e.span(), e.name().length() + (e.addressOf() ? 1 : 0));
        String name = e.name().substring(1);
        if (!context.available()) {
            throw new DiagnosticException(Diagnostic.semanticError("no-context", site.isEmpty()
                    ? "target variables are known in probes only, not in functions" : "unresolved target-symbol expression", at)
                    .seeing("identifier '" + e.name() + "'"));
        }
        if (name.equals("return")) {
            return returned(at);
        }
        for (ProbeContext.Argument argument : context.arguments()) {
            if (argument.name().equals(name)) {
                return argument(argument, at);
            }
        }
        throw variables.unknown(e.name(), at);
    }

    private CPlace argument(ProbeContext.Argument argument, Span at) {
        CTypes c = types(at);
        int size = c.isScalar(argument.type()) ? c.btf().sizeOf(argument.type()) : 8;
        int pointee = pointee(c, argument.type());
        signature.append('a').append(argument.index());
        number(size, c.isSigned(argument.type()));
        signature.append(pointee).append(';');
        Expr value = new Expr.Argument(argument.index(), argument.name(), size, c.isSigned(argument.type()),
                c.spell(argument.type()), pointee, at);
        return CPlace.value(new ContextValue(value, at), argument.type(), "$" + argument.name());
    }

    /** Of the type of a number only this matters to the code; where more does, it is added there. */
    private void number(int size, boolean signed) {
        signature.append(':').append(size).append(signed && size < Long.BYTES ? "s:" : ":");
    }

    private static int pointee(CTypes c, int type) {
        if (c.plain(type) instanceof BtfType.Pointer pointer) {
            int target = c.btf().skipModifiers(pointer.target());
            return c.btf().type(target) instanceof BtfType.Struct ? target : 0;
        }
        return 0;
    }

    private CPlace returned(Span at) {
        CTypes c = types(at);
        if (context.result().isEmpty() || context.result().getAsInt() == 0) {
            throw new DiagnosticException(Diagnostic.semanticError("no-return-value", context.result().isPresent()
                    ? "the function returns nothing, so there is no $return"
                    : context.missing().isEmpty() ? "$return is known in .return probes of functions only"
                    : "$return: " + context.missing(), at).seeing("identifier '$return'"));
        }
        int type = context.result().getAsInt();
        int size = c.isScalar(type) ? c.btf().sizeOf(type) : 8;
        signature.append('r');
        number(size, c.isSigned(type));
        // Where the result of a function is, its site tells.
        signature.append(site.orElse(null) instanceof ProbeSite.KernelFunction ? 0 : context.words()).append(';');
        Expr value = new Expr.ReturnValue(size, c.isSigned(type), c.spell(type), context.words(), at);
        return CPlace.value(new ContextValue(value, at), type, "$return");
    }

    private BoundExpression summary(Expression.TargetVariable e) {
        Span at = e.span();
        if (!context.available()) {
            throw new DiagnosticException(Diagnostic.semanticError("no-context", "unresolved target-symbol expression", at)
                    .seeing("identifier '" + e.name() + "'"));
        }
        Optional<TargetComponent.Pretty> pretty = e.components().isEmpty() ? Optional.empty()
                : e.components().getLast() instanceof TargetComponent.Pretty p ? Optional.of(p) : Optional.empty();
        boolean sharing = shares && pretty.isEmpty() && (e.name().equals("$$parms") || e.name().equals("$$vars"));
        Optional<List<PrintFormat.Named>> shared = sharing ? SiteSummary.names(context, this, at) : Optional.empty();
        int before = signature.length();
        List<CPlace> places = new ArrayList<>();
        switch (e.name()) {
            case "$$parms", "$$vars" -> {
                if (context.arguments().isEmpty() && !context.missing().isEmpty()) {
                    // One of many functions of a pattern; it is not to keep the others from being probed.
                    if (shared.isEmpty()) {
                        return new BoundExpression.TextConstant("?", "?", at);
                    }
                }
                for (ProbeContext.Argument argument : context.arguments()) {
                    places.add(argument(argument, at));
                }
            }
            case "$$return" -> {
                if (context.result().isPresent() && context.result().getAsInt() != 0) {
                    places.add(returned(at));
                }
            }
            // Locals are in debuginfo only; SystemTap prints an empty text where there are none.
            case "$$locals" -> { }
            default -> throw new DiagnosticException(Diagnostic.semanticError("no-target-variable",
                    "unable to find target variable '" + e.name() + "' (alternatives: $$vars $$parms $$locals $$return)", at)
                    .seeing("identifier '" + e.name() + "'"));
        }
        if (shared.isPresent()) {
            signature.setLength(before);
            signature.append(e.name()).append(Math.max(SiteSummary.REGISTERS, places.size())).append(';');
            SiteSummary summary = new SiteSummary(PrettyFormat.named(places, shared.get(), at), shared.get(), at);
            summaries.add(summary);
            return summary.text();
        }
        signature.append(e.name()).append(context.arguments()).append(';');
        if (pretty.isPresent()) {
            for (CPlace place : places) {
                signature.append(place.type()).append(';');
            }
        }
        return new PrettyFormat(types(at), at).summary(places, pretty.isPresent(), pretty.isPresent() && pretty.get().nested());
    }

    // ---- casts

    private CPlace cast(Expression.Cast e, ExpressionBinder binder) {
        OptionalInt type = types(e.span()).named(e.type());
        if (type.isEmpty() && e.module().isPresent() && context.types().isEmpty()) {
            // They stand on those of the kernel, so that what was resolved by these stays true.
            types = kernel.moduleTypes(e.module().get()).map(CTypes::new).or(() -> types);
            type = types(e.span()).named(e.type());
        }
        if (type.isEmpty()) {
            throw new DiagnosticException(Diagnostic.semanticError("no-type", "type definition '" + e.type() + "' not found in '"
                    + e.module().orElse("kernel") + "'", Tokens.head(e.span(), 5)).seeing("operator '@cast'"));
        }
        signature.append("c:").append(type.getAsInt()).append(';');
        return CPlace.object(binder.bind(e.operand()), type.getAsInt(), Expr.Space.KERNEL, "@cast");
    }

    private CPlace autocast(Expression.Autocast e, ExpressionBinder binder) {
        Optional<CPlace> place = place(e.operand(), binder);
        if (place.isEmpty()) {
            throw new DiagnosticException(Diagnostic.semanticError("autocast", "the type of what '->' is applied to is not known",
                    e.span()).withHint("name it: @cast(" + e.operand().span().text() + ", \"struct ...\")->..."));
        }
        return place.get();
    }

    /** The place that an expression with a C type means; empty for an expression without. */
    Optional<CPlace> place(Expression expression, ExpressionBinder binder) {
        CPlace place = switch (expression) {
            case Expression.TargetVariable e when isOfEntry(e) -> ofEntry(e, e, e.span());
            case Expression.Entry e when entry.isPresent() -> ofEntry(e.operand(), e, e.span());
            case Expression.Entry e when isKept(e) -> place(e.operand(), binder).orElse(null);
            case Expression.TargetVariable e when !e.name().startsWith("$$") && !e.addressOf() ->
                    walk(variable(e), e.components(), binder);
            case Expression.Cast e when !e.addressOf() -> walk(cast(e, binder), e.components(), binder);
            case Expression.Autocast e when !e.addressOf() -> walk(autocast(e, binder), e.components(), binder);
            case Expression.Ternary e when binder.known(e.condition()).isPresent() ->
                    place(binder.known(e.condition()).get() ? e.then() : e.otherwise(), binder).orElse(null);
            case Expression.Symbol e -> {
                BoundExpression use = binder.bind(e);
                yield use instanceof BoundExpression.VariableUse v && typed.containsKey(v.variable)
                        ? held(use, typed.get(v.variable), e.name()) : null;
            }
            case Expression.Call e -> {
                BoundExpression call = binder.bind(e);
                OptionalInt task = call instanceof BoundExpression.IntrinsicUse i && i.intrinsic == Intrinsic.TASK_CURRENT
                        && types().isPresent() ? types.get().named("struct task_struct") : OptionalInt.empty();
                yield task.isPresent() ? CPlace.object(call, task.getAsInt(), Expr.Space.KERNEL, e.name() + "()") : null;
            }
            default -> null;
        };
        return Optional.ofNullable(place);
    }

    private CPlace ofEntry(Expression there, Expression here, Span at) {
        Optional<Integer> type = entry.get().typeOf(there);
        return type.isEmpty() ? null
                : held(entry.get().value(there, at), new Held(type.get(), Expr.Space.KERNEL), here.span().text());
    }

    /** What a script variable holds: a pointer to a struct is as good as the struct. */
    private CPlace held(BoundExpression use, Held type, String spelling) {
        return isObject(type.type()) ? CPlace.object(use, type.type(), type.space(), spelling)
                : CPlace.value(use, type.type(), spelling);
    }

    // ---- members, elements, the value at the end

    private CPlace walk(CPlace start, List<TargetComponent> components, ExpressionBinder binder) {
        CPlace place = start;
        for (TargetComponent component : components) {
            place = switch (component) {
                case TargetComponent.Member member -> types(member.span()).member(place, member.name(), member.span());
                case TargetComponent.ArrayIndex index ->
                        types(index.span()).element(place, binder.bind(index.index()), index.index().span());
                case TargetComponent.Pretty _ -> place;
            };
            signature.append(place.offset()).append('/').append(place.type()).append(';');
        }
        return place;
    }

    private BoundExpression finish(CPlace start, List<TargetComponent> components, boolean addressOf, Span at,
                                   ExpressionBinder binder) {
        CPlace place = walk(start, components, binder);
        CTypes c = types(at);
        if (!components.isEmpty() && components.getLast() instanceof TargetComponent.Pretty pretty) {
            signature.append(place.type()).append('$');
            return new PrettyFormat(c, at).text(place, pretty.nested());
        }
        if (addressOf) {
            return c.address(place, at);
        }
        if (components.isEmpty() && start.inMemory()) {
            // A cast by itself is the pointer that was cast.
            return start.expression();
        }
        return c.load(place, at);
    }

    private BoundExpression dereference(Expression.Dereference e, ExpressionBinder binder) {
        if (e.size() != 1 && e.size() != 2 && e.size() != 4 && e.size() != 8) {
            throw new DiagnosticException(Diagnostic.semanticError("dereference-size",
                    "the size must be 1, 2, 4 or 8 bytes", e.span()));
        }
        Expr.MemoryPlace shape = new Expr.MemoryPlace(new Expr.NumberValue(0, e.span()), 0, (int) e.size(), false,
                Optional.empty(), e.user() ? Expr.Space.USER : Expr.Space.KERNEL, "u" + e.size() * 8, e.span().text(), e.span());
        return new BoundExpression.MemoryUse(binder.bind(e.address()), shape, e.span());
    }
}
