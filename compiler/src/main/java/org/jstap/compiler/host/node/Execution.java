package org.jstap.compiler.host.node;

import java.util.List;
import java.util.Optional;
import org.jstap.compiler.host.Fault;
import org.jstap.compiler.host.HostServices;
import org.jstap.compiler.host.Limits;
import org.jstap.compiler.host.ScriptError;
import org.jstap.compiler.host.function.CallContext;
import org.jstap.compiler.host.function.HostIntrinsics;
import org.jstap.compiler.host.function.MatchErrors;
import org.jstap.compiler.host.function.StringFunctions;
import org.jstap.compiler.host.store.GlobalStorage;
import org.jstap.compiler.host.text.Formatter;
import org.jstap.compiler.host.text.MemoryReader;
import org.jstap.compiler.host.text.TextBuffer;
import org.jstap.compiler.program.Expr.Space;
import org.jstap.compiler.regex.Matcher;
import org.jstap.language.source.Span;

/** What the handlers of a session share while they run: stores, limits, output, and the state of the event at hand. */
public final class Execution implements CallContext {
    private static final int FLUSH = 1 << 16;

    final Limits limits;
    final GlobalStorage globals;
    final HostServices services;
    final Formatter formatter;
    final HostIntrinsics intrinsics;
    final TextBuffer output = new TextBuffer();
    final TextBuffer scratch = new TextBuffer();
    private final List<Matcher> regexes;
    private Optional<RegexMatch> lastMatch = Optional.empty();
    private String tokens = "";
    private boolean tokensLeft;
    private String probePoint = "";
    private String pointName = "";
    private long actionsLeft;
    private boolean countActions;
    private int depth;
    private Optional<Span> lastCall = Optional.empty();

    public Execution(Limits limits, GlobalStorage globals, HostServices services, List<Matcher> regexes) {
        this.limits = limits;
        this.globals = globals;
        this.services = services;
        this.regexes = regexes;
        this.formatter = new Formatter(new KernelReader());
        this.intrinsics = new HostIntrinsics(this);
    }

    /** Starts an event: the handlers that it runs share {@code actions} statements, 0 for no limit. */
    public void beginEvent(String point, long actions) {
        probePoint = point;
        countActions = actions > 0;
        actionsLeft = countActions ? actions : Long.MAX_VALUE;
    }

    /** Statements that the event may still run. */
    public long actionsLeft() {
        return actionsLeft;
    }

    /** Whether the event has run all the statements that it may. */
    public boolean isExhausted() {
        return actionsLeft <= 0;
    }

    /** What a handler that ran elsewhere has left of the event's statements. */
    public void goOnWith(long actions) {
        if (countActions) {
            actionsLeft = actions;
        }
    }

    /** Takes statements from the event's budget that are not the script's. */
    public void spend(int statements) {
        actionsLeft -= statements;
    }

    /** Starts one handler of the event. */
    public void beginHandler(String name) {
        pointName = name;
        depth = 0;
        lastMatch = Optional.empty();
        lastCall = Optional.empty();
    }

    /** The last call that the handler made, for the place of an error that an earlier handler of the same event left. */
    public Optional<Span> lastCall() {
        return lastCall;
    }

    void called(Optional<Span> call) {
        lastCall = call;
    }

    void enter(Span call) {
        if (++depth > limits.maxNesting()) {
            depth--;
            throw ScriptError.at(call, "MAXNESTING exceeded");
        }
    }

    void exit() {
        depth--;
    }

    void count(int statements, Span span) {
        if (countActions && (actionsLeft -= statements) <= 0) {
            throw ScriptError.uncatchable(span, "MAXACTION exceeded");
        }
    }

    boolean match(int regex, String text) {
        Matcher matcher = regexes.get(regex);
        boolean found = matcher.find(text);
        lastMatch = Optional.of(new RegexMatch(matcher, text, found, Optional.empty()));
        return found;
    }

    Matcher regex(int number) {
        return regexes.get(number);
    }

    /** What a group of a match is; "" where it took no part, or nothing was found. */
    static String group(String text, int[] found, int group) {
        return found.length == 0 || found[2 * group] < 0 ? "" : text.substring(found[2 * group], found[2 * group + 1]);
    }

    /** Hands output on once there is much of it. */
    void printed() {
        if (output.length() > FLUSH) {
            flush();
        }
    }

    /** Hands all output on. */
    public void flush() {
        if (output.length() > 0) {
            services.print(output.bytes(), 0, output.length());
            output.clear();
        }
    }

    byte[] read(Space space, long address, int size) {
        byte[] bytes = new byte[size];
        if (services.read(space, address, bytes) < size) {
            throw Fault.read(address);
        }
        return bytes;
    }

    String cut(String text) {
        int most = limits.textBytes();
        return text.length() > most ? text.substring(0, most) : text;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public HostServices services() {
        return services;
    }

    @Override
    public TextBuffer output() {
        return output;
    }

    @Override
    public String probePoint() {
        return probePoint;
    }

    @Override
    public String pointName() {
        return pointName;
    }

    @Override
    public String matched(long group) {
        if (lastMatch.isEmpty() || !lastMatch.get().found()) {
            throw new Fault(MatchErrors.ASKED + group + MatchErrors.NOT_FOUND);
        }
        RegexMatch last = lastMatch.get();
        if (group < 0 || group >= last.matcher().groups()) {
            throw new Fault(MatchErrors.NO_SUCH + group);
        }
        int[] groups = last.groups().isPresent() ? last.groups().get() : last.matcher().match(last.text());
        lastMatch = Optional.of(new RegexMatch(last.matcher(), last.text(), true, Optional.of(groups)));
        return group(last.text(), groups, (int) group);
    }

    @Override
    public long groupCount() {
        if (lastMatch.isEmpty() || !lastMatch.get().found()) {
            throw new Fault(MatchErrors.ASKED + MatchErrors.COUNT + MatchErrors.NOT_FOUND);
        }
        return lastMatch.get().matcher().groups();
    }

    @Override
    public void startTokens(String text) {
        tokens = text;
        tokensLeft = true;
    }

    @Override
    public String nextToken(String delimiters) {
        if (!tokensLeft) {
            return "";
        }
        int start = StringFunctions.span(tokens, delimiters, 0, false);
        int end = StringFunctions.span(tokens, delimiters, start, true);
        String token = tokens.substring(start, end);
        tokensLeft = end < tokens.length();
        tokens = tokensLeft ? tokens.substring(end + 1) : "";
        return token;
    }

    /** A class and not a lambda, whose first use would cost more than most handlers. */
    private final class KernelReader implements MemoryReader {
        @Override
        public byte[] read(long address, int size) {
            return Execution.this.read(Space.KERNEL, address, size);
        }
    }

    /** @param groups as {@link Matcher#match} gives them, present once they have been asked for */
    private record RegexMatch(Matcher matcher, String text, boolean found, Optional<int[]> groups) { }
}
