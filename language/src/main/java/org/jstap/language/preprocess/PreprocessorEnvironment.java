package org.jstap.language.preprocess;

import java.util.Objects;

/**
 * What the conditions of the preprocessor can ask for.
 *
 * @param kernelRelease    as {@code uname -r} says it; {@code kernel_vr}, and up to the first {@code -} {@code kernel_v}
 * @param architecture     {@code arch}, in the kernel's words, as {@code x86_64}
 * @param configuration    the kernel's configuration
 * @param systemtapVersion {@code systemtap_v}, as {@code 5.6}
 * @param privilege        {@code systemtap_privilege}: {@code stapdev}, {@code stapsys} or {@code stapusr}
 * @param guruMode         {@code guru_mode}, which also permits embedded code and {@code @const} in a user's script
 * @param runtime          {@code runtime}, as {@code kernel} or {@code bpf}
 */
public record PreprocessorEnvironment(
        String kernelRelease, String architecture, KernelConfiguration configuration, String systemtapVersion,
        String privilege, boolean guruMode, String runtime) {

    /** The SystemTap version whose language is followed. */
    public static final String LANGUAGE_VERSION = "5.6";

    /** The values of {@code CONFIG_*}; asked only when a script does, since reading the file takes time. */
    @FunctionalInterface
    public interface KernelConfiguration {
        /** The value of an option with its {@code CONFIG_}, without quotes; empty if it is not set. */
        String value(String option);
    }

    public PreprocessorEnvironment {
        Objects.requireNonNull(kernelRelease);
        Objects.requireNonNull(configuration);
    }

    /** The environment for a kernel of which only release and architecture matter. */
    public static PreprocessorEnvironment of(String kernelRelease, String architecture) {
        return new PreprocessorEnvironment(kernelRelease, architecture, new KernelConfiguration() {
            @Override
            public String value(String option) {
                return "";
            }
        }, LANGUAGE_VERSION, "stapdev", false, "kernel");
    }

    public PreprocessorEnvironment withGuruMode(boolean on) {
        return new PreprocessorEnvironment(
                kernelRelease, architecture, configuration, systemtapVersion, privilege, on, runtime);
    }

    public PreprocessorEnvironment withConfiguration(KernelConfiguration options) {
        return new PreprocessorEnvironment(
                kernelRelease, architecture, options, systemtapVersion, privilege, guruMode, runtime);
    }

    public PreprocessorEnvironment withRuntime(String name) {
        return new PreprocessorEnvironment(
                kernelRelease, architecture, configuration, systemtapVersion, privilege, guruMode, name);
    }

    /** The release without what follows the first {@code -}. */
    public String kernelVersion() {
        int dash = kernelRelease.indexOf('-');
        return dash < 0 ? kernelRelease : kernelRelease.substring(0, dash);
    }
}
