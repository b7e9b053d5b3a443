package org.jstap.runtime.kernel;

import java.util.List;
import org.jstap.compiler.kernel.emit.SiteGroup;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.language.source.Span;

/** What is told about attaching: which sites, how, and where it failed what was tried and why it may have failed. */
final class AttachReport {
    private AttachReport() { }

    /** One line for {@code -v}. */
    static String success(Attachment attachment) {
        SiteGroup group = attachment.group();
        return "Attached " + sites(group) + " by " + attachment.mechanism().text() + '.';
    }

    /** Sites of a group that the kernel does not let be probed. */
    static String leftOut(SiteGroup group) {
        List<Integer> sites = group.sites();
        StringBuilder text = new StringBuilder("Left out, because the kernel does not let ").append(sites.size() == 1 ? "it" : "them")
                .append(" be probed: ");
        for (int i = 0; i < sites.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(group.handler().sites().get(sites.get(i)).text());
        }
        return text.append('.').toString();
    }

    private static String sites(SiteGroup group) {
        return sites(group, group.sites().size());
    }

    private static String sites(SiteGroup group, int count) {
        List<ProbeSite> all = group.handler().sites();
        String first = all.get(group.sites().getFirst()).text();
        return count == 1 ? first : first + " and " + (count - 1) + " more";
    }

    /**
     * @param failures of one probe point; the first of them is explained
     * @param outcome  what that means for the probe
     */
    static String failure(List<AttachFailure> failures, String outcome) {
        AttachFailure failure = failures.getFirst();
        int count = 0;
        for (AttachFailure one : failures) {
            count += one.group().sites().size();
        }
        Span span = failure.group().handler().code().span();
        StringBuilder text = new StringBuilder("probe ").append(sites(failure.group(), count)).append(' ').append(outcome)
                .append(" (at ").append(span.position()).append("):");
        for (AttachFailure.Attempt attempt : failure.attempts()) {
            text.append("\n  ").append(attempt.mechanism()).append(": ").append(attempt.answer());
        }
        for (String reason : failure.reasons()) {
            text.append("\n  ").append(Character.toUpperCase(reason.charAt(0))).append(reason, 1, reason.length()).append('.');
        }
        if (failure.isTooLarge()) {
            text.append("\n  The program is too large for the kernel's verifier, which follows 1,000,000 steps and jumps of 32,767"
                    + " instructions. Make the handler smaller: fewer operations on strings, shorter loops, or several probes.");
        } else if (failure.isDefect()) {
            text.append("\n  The kernel refused a program that jstap made: that is a defect of jstap. Please report it with the script,"
                    + " this message and the kernel's release.");
        }
        return text.toString();
    }
}
