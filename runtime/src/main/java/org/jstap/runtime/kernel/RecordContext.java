package org.jstap.runtime.kernel;

import org.jstap.compiler.host.HostServices;
import org.jstap.compiler.host.Limits;
import org.jstap.compiler.host.function.CallContext;
import org.jstap.compiler.host.text.TextBuffer;

/** What a function may know that is applied to recorded arguments: nothing of the handler, for its result depends on them alone. */
record RecordContext(Limits limits, HostServices services) implements CallContext {
    @Override
    public TextBuffer output() {
        throw unknown("output");
    }

    @Override
    public String probePoint() {
        throw unknown("probe point");
    }

    @Override
    public String pointName() {
        throw unknown("probe point");
    }

    @Override
    public String matched(long group) {
        throw unknown("last match");
    }

    @Override
    public long groupCount() {
        throw unknown("last match");
    }

    @Override
    public void startTokens(String text) {
        throw unknown("tokens");
    }

    @Override
    public String nextToken(String delimiters) {
        throw unknown("tokens");
    }

    private static IllegalStateException unknown(String what) {
        return new IllegalStateException("a recorded call has no " + what);
    }
}
