package org.jstap.compiler.host.function;

import org.jstap.compiler.host.HostServices;
import org.jstap.compiler.host.Limits;
import org.jstap.compiler.host.text.TextBuffer;

/** What an intrinsic may know of the handler that calls it. */
public interface CallContext {
    Limits limits();

    HostServices services();

    TextBuffer output();

    /** The probe point, resolved. */
    String probePoint();

    /** The probe point as the script has it. */
    String pointName();

    /** Text of a group of the last match. */
    String matched(long group);

    /** Groups of the last match, the whole one among them. */
    long groupCount();

    /** Sets the text that {@link #nextToken} takes apart. */
    void startTokens(String text);

    /** Next token as strtok of C gives it, "" at the end. */
    String nextToken(String delimiters);
}
