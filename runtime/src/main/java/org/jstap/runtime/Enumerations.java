package org.jstap.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.ebpf.btf.Btf;
import org.jstap.ebpf.btf.BtfKind;
import org.jstap.ebpf.btf.BtfType;

/** Names of the values of the kernel's enumerations, from its type information. */
final class Enumerations {
    private final Optional<Btf> types;
    private final Map<String, Map<Long, String>> known = new HashMap<>();

    /** @param types absent where the kernel has no type information: then no name is known */
    Enumerations(Optional<Btf> types) {
        this.types = types;
    }

    /**
     * @param type  name of an enumeration, without the word enum
     * @param value sign-extended where the enumeration is signed
     * @return the first name that the kernel's source gives to the value
     */
    Optional<String> name(String type, long value) {
        Map<Long, String> names = known.get(type);
        if (names == null) {
            names = read(type);
            known.put(type, names);
        }
        return Optional.ofNullable(names.get(value));
    }

    private Map<Long, String> read(String type) {
        Map<Long, String> names = new HashMap<>();
        for (BtfType.Enumerator enumerator : enumerators(type)) {
            names.putIfAbsent(enumerator.value(), enumerator.name());
        }
        return names;
    }

    private List<BtfType.Enumerator> enumerators(String type) {
        if (types.isEmpty()) {
            return List.of();
        }
        Btf btf = types.get();
        OptionalInt small = btf.find(BtfKind.ENUM, type);
        OptionalInt id = small.isPresent() ? small : btf.find(BtfKind.ENUM64, type);
        if (id.isEmpty()) {
            return List.of();
        }
        return switch (btf.type(id.getAsInt())) {
            case BtfType.Enum e -> e.enumerators();
            case BtfType.Enum64 e -> e.enumerators();
            default -> List.of();
        };
    }
}
