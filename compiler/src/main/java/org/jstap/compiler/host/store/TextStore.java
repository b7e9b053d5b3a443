package org.jstap.compiler.host.store;

/** A scalar string. */
public interface TextStore extends GlobalStore {
    String get();

    void set(String value);
}
