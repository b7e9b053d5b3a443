package org.jstap.ebpf.feature;

/// A trial that cannot be made, so that it proves nothing.
final class TrialNotPossible extends Exception {

    private static final long serialVersionUID = 1L;

    TrialNotPossible(String reason) {
        super(reason);
    }
}
