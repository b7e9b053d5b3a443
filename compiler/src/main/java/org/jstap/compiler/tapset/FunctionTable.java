package org.jstap.compiler.tapset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.program.Type;
import org.jstap.language.preprocess.PreprocessorEnvironment;
import org.jstap.language.tree.Declaration;
import org.jstap.language.tree.Declaration.FunctionDeclaration;
import org.jstap.language.tree.Parameter;
import org.jstap.language.tree.ScriptFile;
import org.jstap.language.tree.ValueType;

/** The functions of the library with their types. The main method writes the page that lists them; a test tells when it is old. */
public final class FunctionTable {
    private FunctionTable() { }

    /** @param arguments the page to write */
    public static void main(String[] arguments) throws IOException {
        Tapset tapset = new Tapset(PreprocessorEnvironment.of("6.12.0", "x86_64"), List.of());
        Files.writeString(Path.of(arguments[0]), page(tapset), StandardCharsets.UTF_8);
    }

    /** {@code name:type (parameter:type, …)} of each function that scripts can call, sorted. */
    public static List<String> signatures(Tapset tapset) {
        List<String> all = new ArrayList<>();
        for (Set<String> one : byName(tapset).values()) {
            all.addAll(one);
        }
        return all;
    }

    private static Map<String, Set<String>> byName(Tapset tapset) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (String name : tapset.functionNames()) {
            for (ScriptFile file : tapset.withFunction(name)) {
                for (Declaration declaration : file.declarations()) {
                    if (declaration instanceof FunctionDeclaration function && function.name().equals(name)
                            && !name.startsWith("__")) {
                        found.computeIfAbsent(name, _ -> new TreeSet<>()).add(signature(function));
                    }
                }
            }
        }
        for (Intrinsic intrinsic : Intrinsic.values()) {
            if (!intrinsic.word().startsWith("__") && intrinsic.word().indexOf('.') < 0) {
                found.computeIfAbsent(intrinsic.word(), _ -> new TreeSet<>()).add(signature(intrinsic));
            }
        }
        return found;
    }

    private static String signature(FunctionDeclaration function) {
        StringBuilder text = new StringBuilder(function.name());
        if (function.returnType().isPresent()) {
            text.append(':').append(word(function.returnType().get()));
        }
        text.append(" (");
        String separator = "";
        for (Parameter parameter : function.parameters()) {
            text.append(separator).append(parameter.name());
            if (parameter.type().isPresent()) {
                text.append(':').append(word(parameter.type().get()));
            }
            separator = ", ";
        }
        return text.append(')').toString();
    }

    private static String word(ValueType type) {
        return switch (type) {
            case LONG -> "long";
            case STRING -> "string";
            case STATS -> "stats";
        };
    }

    private static String signature(Intrinsic intrinsic) {
        StringBuilder text = new StringBuilder(intrinsic.word());
        if (intrinsic.result() != Type.VOID) {
            text.append(':').append(intrinsic.result().word());
        }
        text.append(" (");
        int number = 0;
        for (Type parameter : intrinsic.parameters()) {
            text.append(number == 0 ? "" : ", ").append("arg").append(++number).append(':').append(parameter.word());
        }
        return text.append(')').toString();
    }

    static String page(Tapset tapset) {
        Map<String, Set<String>> functions = byName(tapset);
        Map<String, String> absent = Absences.all();
        StringBuilder page = new StringBuilder("# Functions of the tapset\n\nMade by `").append(FunctionTable.class.getName())
                .append("` from the tapset's files, the intrinsics and `absent.txt`.\n\n## Functions that are there: ")
                .append(functions.size()).append("\n\n```\n");
        for (Set<String> one : functions.values()) {
            for (String signature : one) {
                page.append(signature).append('\n');
            }
        }
        page.append("```\n\n## Functions of SystemTap that are not: ").append(absent.size())
                .append("\n\nA script that calls one is refused with the reason.\n\n| reason | functions |\n| --- | --- |\n");
        Map<String, List<String>> byReason = new TreeMap<>();
        for (Map.Entry<String, String> one : absent.entrySet()) {
            byReason.computeIfAbsent(one.getValue(), _ -> new ArrayList<>()).add("`" + one.getKey() + "`");
        }
        for (Map.Entry<String, List<String>> one : byReason.entrySet()) {
            page.append("| ").append(one.getKey()).append(" | ").append(String.join(" ", one.getValue())).append(" |\n");
        }
        return page.toString();
    }
}
