package org.jstap.ebpf.sys.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jstap.ebpf.sys.SystemCallNumber;
import org.jstap.ebpf.sys.SystemCalls;

/// A door that answers from a script and remembers what it was asked.
///
/// Answers are given in the order in which they were added, and each only to the call that it was added for: any other call is
/// an error, except those that [#always] has an answer for. Not for use by several threads.
public final class ScriptedSystemCalls implements SystemCalls {

    /// A call as it was made.
    public record Call(SystemCallNumber call, List<Long> arguments) {}

    /// Computes an answer from the six arguments, which may be addresses of memory to read or write.
    @FunctionalInterface
    public interface Answer {
        long to(long[] arguments);
    }

    private record Expected(SystemCallNumber call, Answer answer) {}

    private final Deque<Expected> script = new ArrayDeque<>();
    private final List<Expected> always = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();

    /// Adds an answer to the script.
    ///
    /// @param result as the kernel gives it: a negated errno or a result
    public ScriptedSystemCalls then(SystemCallNumber call, long result) {
        return then(call, arguments -> result);
    }

    /// Adds a computed answer to the script.
    public ScriptedSystemCalls then(SystemCallNumber call, Answer answer) {
        script.add(new Expected(call, answer));
        return this;
    }

    /// Answers every such call which the script does not expect next.
    public ScriptedSystemCalls always(SystemCallNumber call, long result) {
        always.add(new Expected(call, arguments -> result));
        return this;
    }

    /// All calls so far, in order.
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /// True when every answer of the script has been given.
    public boolean isExhausted() {
        return script.isEmpty();
    }

    @Override
    public long call(long number, long a1, long a2, long a3, long a4, long a5, long a6) {
        SystemCallNumber call = named(number);
        calls.add(new Call(call, List.of(a1, a2, a3, a4, a5, a6)));
        long[] arguments = {a1, a2, a3, a4, a5, a6};
        Expected next = script.peek();
        if (next != null && next.call() == call) {
            return script.remove().answer().to(arguments);
        }
        for (Expected expected : always) {
            if (expected.call() == call) {
                return expected.answer().to(arguments);
            }
        }
        throw new IllegalStateException(
                "unexpected call of " + call + (next == null ? " after the end of the script" : ", expected " + next.call()));
    }

    private static SystemCallNumber named(long number) {
        for (SystemCallNumber call : SystemCallNumber.values()) {
            if (call.number() == number) {
                return call;
            }
        }
        throw new IllegalStateException("unexpected system call number " + number);
    }
}
