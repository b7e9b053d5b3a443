package org.jstap.ebpf.feature;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.Files;
import org.jstap.ebpf.sys.SystemCallException;
import org.jstap.ebpf.sys.SystemCalls;

/// What the running kernel says about itself and about this process.
///
/// @param release as uname(2) gives it
/// @param config the options it was built with, where it or the distribution tells
/// @param lockdown `none`, `integrity` or `confidentiality` (Linux 5.4); empty if it does not tell, as where securityfs is not
///     mounted
/// @param btf whether it has type information of itself
/// @param capabilities what this process may do
public record KernelInfo(
        String release,
        Optional<KernelConfig> config,
        Optional<String> lockdown,
        boolean btf,
        Capabilities capabilities) {

    /// Asks. Takes some milliseconds: for explanations, not for every start.
    public static KernelInfo read(SystemCalls sys) {
        String release = text(sys, "/proc/sys/kernel/osrelease").orElse("unknown");
        return new KernelInfo(
                release,
                KernelConfig.read(sys, release),
                text(sys, "/sys/kernel/security/lockdown").flatMap(KernelInfo::chosen),
                java.nio.file.Files.isReadable(java.nio.file.Path.of("/sys/kernel/btf/vmlinux")),
                Capabilities.parse(text(sys, "/proc/self/status").orElse("")));
    }

    /// The version in the release.
    public KernelVersion version() {
        return KernelVersion.parse(release);
    }

    private static Optional<String> text(SystemCalls sys, String path) {
        try {
            return Optional.of(new String(Files.read(sys, path), StandardCharsets.UTF_8).strip());
        } catch (SystemCallException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.EACCES || e.errno() == Errno.EPERM) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// The word in brackets, for example of `none [integrity] confidentiality`.
    static Optional<String> chosen(String alternatives) {
        int open = alternatives.indexOf('[');
        int close = alternatives.indexOf(']', open + 1);
        return open < 0 || close < 0 ? Optional.empty() : Optional.of(alternatives.substring(open + 1, close));
    }
}
