package org.jstap.runtime;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jstap.compiler.host.Limits;

/**
 * What the command line says about a run.
 *
 * @param command        of {@code -c}
 * @param module         name of the directory of its files
 * @param targetPid      of {@code -x}
 * @param namespaces     of {@code --target-namespaces}: the process in whose namespaces identifiers are told
 * @param timeout        nanoseconds of {@code -T}
 * @param overload       how much of a processor handlers in the kernel may take, absent for no limit
 * @param output         file name of {@code -o}, which may hold patterns of strftime(3)
 * @param suppressErrors {@code --suppress-handler-errors}
 * @param displayGlobals whether globals that are only written are shown at the end
 * @param showWarnings   whether warnings are shown
 * @param verbose        whether warnings are repeated
 * @param rotation       of {@code -S}, for several output files
 * @param timing         whether to tell at the end how often handlers ran and how long they took ({@code -t})
 * @param started       who wants to know when events count
 */
public record RunSettings(Limits limits, Optional<String> command, String module, OptionalInt targetPid, OptionalInt namespaces,
                          OptionalLong timeout, Optional<OverloadLimit> overload, Optional<String> output,
                          boolean suppressErrors, boolean displayGlobals, boolean showWarnings, boolean verbose,
                          Optional<Rotation> rotation, boolean timing, Optional<Runnable> started) { }
