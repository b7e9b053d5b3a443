package org.jstap.ebpf.feature;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jstap.ebpf.link.AttachException;
import org.jstap.ebpf.prog.ProgramRejected;
import org.jstap.ebpf.spec.LinkSpec;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.SystemCallException;
import org.jstap.ebpf.sys.SystemCalls;

/// Tries features on the running kernel and remembers what was conclusive.
///
/// Safe for use by many threads; one trial at a time.
public final class FeatureTests {

    private final SystemCalls sys;
    private final Map<Feature, FeatureState> known = new HashMap<>();
    private Optional<KernelInfo> info = Optional.empty();

    public FeatureTests(SystemCalls sys) {
        this.sys = sys;
    }

    /// Tries a feature, or gives what an earlier trial has shown.
    public synchronized FeatureState test(Feature feature) {
        FeatureState state = known.get(feature);
        if (state == null) {
            state = attempt(feature);
            if (!(state instanceof FeatureState.Unknown)) {
                known.put(feature, state);
            }
        }
        return state;
    }

    /// What the kernel says about itself.
    public synchronized KernelInfo kernel() {
        if (info.isEmpty()) {
            info = Optional.of(KernelInfo.read(sys));
        }
        return info.get();
    }

    /// Explains why a way of attaching does not work here.
    ///
    /// @return one or two sentences; empty if the kernel can attach in this way in general, so that the failure has to do with
    ///     the particular target
    public Optional<String> explain(LinkSpec link) {
        Optional<Feature> feature = Features.neededBy(link);
        return feature.isEmpty() ? Optional.empty() : explain(feature.get());
    }

    /// Explains why the kernel lacks a feature.
    ///
    /// @return one or two sentences; empty if it has it, or if that cannot be found out
    public Optional<String> explain(Feature feature) {
        if (!(test(feature) instanceof FeatureState.Missing(String reason))) {
            return Optional.empty();
        }
        KernelInfo kernel = kernel();
        StringBuilder text = new StringBuilder("this kernel (").append(kernel.release()).append(") has no ");
        text.append(feature.name()).append(": ");
        if (!kernel.version().isAtLeast(feature.since())) {
            text.append("that needs Linux ").append(feature.since()).append("; ");
        } else if (missingOption(feature, kernel)) {
            text.append("it was built without ").append(feature.config().orElseThrow()).append("; ");
        } else if (!kernel.capabilities().bpf() || !kernel.capabilities().perfmon()) {
            text.append("that needs root's rights or CAP_BPF and CAP_PERFMON, which this process does not have; ");
        } else if (feature.config().isPresent() && kernel.config().isEmpty()) {
            text.append("it may have been built without ").append(feature.config().get()).append("; ");
        } else if (feature == Features.FENTRY) {
            text.append("it does not let its functions be patched");
            if (kernel.lockdown().isPresent()) {
                text.append(" (lockdown: ").append(kernel.lockdown().get()).append(')');
            }
            text.append("; ");
        }
        return Optional.of(text.append("when tried, ").append(reason).toString());
    }

    private static boolean missingOption(Feature feature, KernelInfo kernel) {
        return feature.config().isPresent()
                && kernel.config().isPresent()
                && !kernel.config().get().isSet(feature.config().get());
    }

    private FeatureState attempt(Feature feature) {
        try {
            feature.trial().attempt(new TrialKernel(sys));
            return new FeatureState.Available();
        } catch (TrialNotPossible e) {
            return new FeatureState.Unknown(e.getMessage());
        } catch (ProgramRejected e) {
            String verdict = e.log().verdict();
            return failed(e.errno(), answer("bpf(BPF_PROG_LOAD)", e.errno()) + (verdict.isEmpty() ? "" : ": " + verdict));
        } catch (AttachException e) {
            return failed(e.errno(), answer(e.tried(), e.errno()));
        } catch (SystemCallException e) {
            return failed(e.errno(), e.getMessage());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the trial of " + feature + " failed in an unforeseen way", e);
        }
    }

    private static String answer(String tried, int errno) {
        return tried + " answered " + Errno.describe(errno);
    }

    // What the kernel answers under pressure, or to anybody without rights, says nothing about its abilities.
    private FeatureState failed(int errno, String reason) {
        return switch (errno) {
            case Errno.ENOMEM, Errno.EMFILE, Errno.EAGAIN, Errno.EINTR, Errno.EBUSY -> new FeatureState.Unknown(reason);
            default -> new FeatureState.Missing(reason);
        };
    }
}
