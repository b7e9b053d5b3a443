package org.jstap.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.jstap.ebpf.btf.Btf;
import org.jstap.ebpf.btf.BtfBuilder;
import org.jstap.ebpf.btf.BtfType;
import org.jstap.ebpf.btf.BtfType.Enumerator;
import org.junit.jupiter.api.Test;

class EnumerationsTest {
    private final Enumerations enumerations = new Enumerations(Optional.of(Btf.parse(types())));

    private static byte[] types() {
        BtfBuilder types = new BtfBuilder();
        types.add(new BtfType.Enum("colour", 4, true,
                List.of(new Enumerator("RED", 1), new Enumerator("NONE", -1), new Enumerator("FIRST", 1))));
        types.add(new BtfType.Enum64("flags", 8, false, List.of(new Enumerator("HIGH", 1L << 40))));
        types.addInt("int", 4, true);
        return types.build();
    }

    @Test
    void valuesHaveTheFirstNameThatTheSourceGivesThem() {
        assertThat(enumerations.name("colour", 1)).contains("RED");
        assertThat(enumerations.name("colour", -1)).contains("NONE");
        assertThat(enumerations.name("flags", 1L << 40)).contains("HIGH");
    }

    @Test
    void whatTheKernelDoesNotKnowHasNoName() {
        assertThat(enumerations.name("colour", 7)).isEmpty();
        assertThat(enumerations.name("int", 1)).isEmpty();
        assertThat(enumerations.name("shape", 1)).isEmpty();
        assertThat(new Enumerations(Optional.empty()).name("colour", 1)).isEmpty();
    }
}
