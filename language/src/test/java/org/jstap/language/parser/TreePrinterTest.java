package org.jstap.language.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jstap.language.tree.Node;
import org.jstap.language.tree.ScriptFile;
import org.jstap.language.tree.TreePrinter;
import org.jstap.language.tree.Trees;
import org.junit.jupiter.api.Test;

class TreePrinterTest {
    private static String resource(String name) throws IOException {
        try (InputStream in = TreePrinterTest.class.getResourceAsStream("/org/jstap/language/tree/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void everythingIsPrintedAsReadableText() throws IOException {
        assertThat(TreePrinter.print(Scripts.parseGuru(resource("everything.stp")))).isEqualTo(resource("everything.txt"));
    }

    @Test
    void whatIsPrintedReadsAsTheSameTree() throws IOException {
        String printed = resource("everything.txt");
        assertThat(TreePrinter.print(Scripts.parseGuru(printed))).isEqualTo(printed);
    }

    @Test
    void aWalkOverChildrenSeesEveryKindOfNodeInsideItsParent() throws IOException {
        ScriptFile file = Scripts.parseGuru(resource("everything.txt"));
        Set<String> kinds = new HashSet<>();
        Deque<Node> open = new ArrayDeque<>(Set.of(file));
        while (!open.isEmpty()) {
            Node node = open.pop();
            kinds.add(node.getClass().getSimpleName());
            for (Node child : Trees.children(node)) {
                assertThat(child.span().start()).as(node + " has " + child).isGreaterThanOrEqualTo(node.span().start());
                assertThat(child.span().end()).as(node + " has " + child).isLessThanOrEqualTo(node.span().end());
                open.push(child);
            }
        }
        assertThat(kinds).contains("Foreach", "Sort", "TryCatch", "Histogram", "Conversion", "Cast", "Pretty", "Component",
                "Membership", "RegexMatch", "EmbeddedCode", "EmbeddedExpression", "VariableReference", "Autocast", "Entry");
    }
}
