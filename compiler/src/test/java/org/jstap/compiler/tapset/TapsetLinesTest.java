package org.jstap.compiler.tapset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TapsetLinesTest {
    @Test
    void findsEveryNameOfTheIndex() {
        String text = Tapset.resource("index.txt");
        TapsetLines lines = new TapsetLines(text);
        for (TapsetNames.Kind kind : TapsetNames.Kind.values()) {
            Map<String, List<String>> expected = new LinkedHashMap<>();
            for (String line : text.split("\n")) {
                String[] words = line.split(" ");
                if (words[0].equals(kind.word())) {
                    expected.computeIfAbsent(words[1], _ -> new ArrayList<>()).add(words[2]);
                }
            }
            assertThat(expected).isNotEmpty();
            assertThat(lines.names(kind)).containsExactlyElementsOf(expected.keySet());
            expected.forEach((name, files) -> assertThat(lines.files(kind, name)).isEqualTo(files));
        }
    }

    @Test
    void findsNoOther() {
        TapsetNames names = new TapsetNames();
        names.add(TapsetNames.Kind.FUNCTION, "b", "one.stp");
        names.add(TapsetNames.Kind.FUNCTION, "b", "two.stp");
        names.add(TapsetNames.Kind.FUNCTION, "b.c", "one.stp");
        names.add(TapsetNames.Kind.MACRO, "z", "z.stpm");
        TapsetLines lines = new TapsetLines(names.text());
        assertThat(lines.files(TapsetNames.Kind.FUNCTION, "b")).containsExactly("one.stp", "two.stp");
        assertThat(lines.files(TapsetNames.Kind.MACRO, "z")).containsExactly("z.stpm");
        for (String absent : Set.of("", "a", "b.", "b.cc", "c", "z")) {
            assertThat(lines.files(TapsetNames.Kind.FUNCTION, absent)).isEmpty();
        }
        assertThat(lines.files(TapsetNames.Kind.ALIAS, "b")).isEmpty();
        assertThat(lines.names(TapsetNames.Kind.GLOBAL)).isEmpty();
        assertThat(lines.names(TapsetNames.Kind.FUNCTION)).isEqualTo(new LinkedHashSet<>(List.of("b", "b.c")));
        assertThat(new TapsetLines(new TapsetNames().text()).names(TapsetNames.Kind.MACRO)).isEmpty();
    }
}
