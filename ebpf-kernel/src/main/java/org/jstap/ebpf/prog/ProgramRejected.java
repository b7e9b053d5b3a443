package org.jstap.ebpf.prog;

import org.jstap.ebpf.sys.Errno;

/// A program that the kernel did not accept.
///
/// For generated programs this is a defect of the generator, or a feature that the kernel does not have:
/// `org.jstap.ebpf.feature` can tell which.
public final class ProgramRejected extends Exception {

    private static final long serialVersionUID = 1L;

    private final String program;
    private final int errno;
    private final transient VerifierLog log;

    ProgramRejected(String program, int errno, VerifierLog log) {
        super(message(program, errno, log));
        this.program = program;
        this.errno = errno;
        this.log = log;
    }

    private static String message(String program, int errno, VerifierLog log) {
        StringBuilder text = new StringBuilder("the kernel refuses the program '")
                .append(program)
                .append("': ")
                .append(Errno.describe(errno));
        if (log.isEmpty()) {
            text.append(why(errno));
        } else {
            text.append(": ").append(log.verdict());
        }
        return text.toString();
    }

    // Without a log the verifier has not begun, so that the errno is all there is.
    private static String why(int errno) {
        return switch (errno) {
            case Errno.EPERM -> ": loading needs CAP_BPF and CAP_PERFMON or root, and a kernel that lets programs of this kind be loaded";
            case Errno.EACCES -> ": the kernel gives no reason";
            case Errno.EINVAL -> ": this kernel does not know this kind of program or one of its attributes";
            case Errno.E2BIG -> ": too many instructions, or attributes that this kernel does not know";
            case Errno.EFAULT -> ": this may be a defect of the kernel's verifier; see the kernel's log";
            default -> "";
        };
    }

    /// The program's name.
    public String program() {
        return program;
    }

    /// The kernel's answer, positive.
    public int errno() {
        return errno;
    }

    /// What the verifier wrote; empty if it had not begun.
    public VerifierLog log() {
        return log == null ? VerifierLog.NONE : log;
    }
}
