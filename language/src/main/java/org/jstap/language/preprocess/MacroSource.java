package org.jstap.language.preprocess;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Where the macros come from that a file does not define itself. A library may read its files only when asked. */
public interface MacroSource {
    /** The macro of that name, without the {@code @}. */
    Optional<Macro> find(String name);

    /** All names, to find near ones for an unknown name. */
    Collection<String> names();

    /** No macros at all. */
    static MacroSource none() {
        return new MacroSource() {
            @Override
            public Optional<Macro> find(String name) {
                return Optional.empty();
            }

            @Override
            public Collection<String> names() {
                return List.of();
            }
        };
    }
}
