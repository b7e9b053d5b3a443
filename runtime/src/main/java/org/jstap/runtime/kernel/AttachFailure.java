package org.jstap.runtime.kernel;

import java.util.List;
import org.jstap.compiler.kernel.emit.SiteGroup;

/** Sites that cannot be attached by any mechanism, with what each answered. */
public final class AttachFailure extends Exception {
    private static final long serialVersionUID = 1;
    /** What it says then (kernel/bpf/verifier.c): of too many steps, or of jumps that it would have to make longer than they can be. */
    private static final List<String> TOO_LARGE = List.of("BPF program is too large", "cannot be patched due to 16-bit range");
    private final transient SiteGroup group;
    private final transient List<Attempt> attempts;
    private final transient List<String> reasons;

    /**
     * One mechanism that was tried.
     *
     * @param mechanism its name
     * @param answer    what the kernel answered
     * @param defect    whether it refused the program itself, which is ours
     */
    public record Attempt(String mechanism, String answer, boolean defect) { }

    AttachFailure(SiteGroup group, List<Attempt> attempts, List<String> reasons) {
        super("probe cannot be attached", null, false, false);
        this.group = group;
        this.attempts = List.copyOf(attempts);
        this.reasons = List.copyOf(reasons);
    }

    SiteGroup group() {
        return group;
    }

    public List<Attempt> attempts() {
        return attempts;
    }

    /** Why the kernel may have answered so; sentences, each once. */
    public List<String> reasons() {
        return reasons;
    }

    /** Whether the verifier gave up on a program that may be right. */
    public boolean isTooLarge() {
        for (Attempt attempt : attempts) {
            for (String answer : TOO_LARGE) {
                if (attempt.defect() && attempt.answer().contains(answer)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether some mechanism failed because the verifier refused our program. */
    public boolean isDefect() {
        for (Attempt attempt : attempts) {
            if (attempt.defect()) {
                return true;
            }
        }
        return false;
    }
}
