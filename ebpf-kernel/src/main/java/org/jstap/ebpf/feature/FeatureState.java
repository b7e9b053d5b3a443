package org.jstap.ebpf.feature;

/// What a trial has shown.
public sealed interface FeatureState {

    /// The kernel can do it.
    record Available() implements FeatureState {}

    /// The kernel cannot do it.
    ///
    /// @param reason what was tried and what the kernel answered
    record Missing(String reason) implements FeatureState {}

    /// It could not be tried, which says nothing about the kernel.
    ///
    /// @param reason what prevented it
    record Unknown(String reason) implements FeatureState {}
}
