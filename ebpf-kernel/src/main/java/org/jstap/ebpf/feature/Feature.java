package org.jstap.ebpf.feature;

import java.util.Optional;

/// Something a kernel can or cannot do.
///
/// @param name what it is called, as the subject of a sentence in the plural, for example `kprobes`
/// @param since the first kernel that has it
/// @param config the kernel's build option that turns it on, for example `CONFIG_KPROBES`; empty if none does
/// @param trial how to try it
public record Feature(String name, KernelVersion since, Optional<String> config, Trial trial) {

    /// Tries a feature and leaves nothing behind.
    @FunctionalInterface
    public interface Trial {

        /// Tries it.
        ///
        /// @param kernel helps with the trial
        /// @throws Exception whatever the attempt ends with, if the kernel cannot do it
        void attempt(TrialKernel kernel) throws Exception;
    }

    @Override
    public String toString() {
        return name;
    }
}
