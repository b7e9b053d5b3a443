package org.jstap.ebpf.vm;

/** What a helper does. */
@FunctionalInterface
public interface HelperFunction {
    /**
     * Runs the helper.
     *
     * @return what goes into R0
     */
    long call(HelperCall call);
}
