package org.jstap.compiler.tapset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jstap.language.tree.Declaration;
import org.jstap.language.tree.Declaration.AliasDeclaration;
import org.jstap.language.tree.Declaration.FunctionDeclaration;
import org.jstap.language.tree.Declaration.GlobalDeclaration;
import org.jstap.language.tree.ProbePoint;
import org.jstap.language.tree.ScriptFile;

/** Which file defines which name. Text form, for {@link TapsetLines}: one line {@code kind name file} for each, sorted. */
final class TapsetNames {
    enum Kind {
        FUNCTION("function"), GLOBAL("global"), ALIAS("alias"), MACRO("macro");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    private final Map<String, List<String>> functions = new LinkedHashMap<>();
    private final Map<String, List<String>> globals = new LinkedHashMap<>();
    private final Map<String, List<String>> aliases = new LinkedHashMap<>();
    private final Map<String, List<String>> macros = new LinkedHashMap<>();

    private Map<String, List<String>> map(Kind kind) {
        return switch (kind) {
            case FUNCTION -> functions;
            case GLOBAL -> globals;
            case ALIAS -> aliases;
            case MACRO -> macros;
        };
    }

    void add(Kind kind, String name, String file) {
        List<String> files = map(kind).computeIfAbsent(name, _ -> new ArrayList<>(1));
        if (!files.contains(file)) {
            files.add(file);
        }
    }

    /** Adds what a file lets others see. */
    void add(ScriptFile file, String fileName) {
        for (Declaration declaration : file.declarations()) {
            switch (declaration) {
                case FunctionDeclaration function when !function.isPrivate() -> add(Kind.FUNCTION, function.name(), fileName);
                case GlobalDeclaration global when !global.isPrivate() -> add(Kind.GLOBAL, global.name(), fileName);
                case AliasDeclaration alias -> {
                    for (ProbePoint name : alias.names()) {
                        add(Kind.ALIAS, name.name(), fileName);
                    }
                }
                default -> { }
            }
        }
    }

    List<String> files(Kind kind, String name) {
        return map(kind).getOrDefault(name, List.of());
    }

    Collection<String> names(Kind kind) {
        return map(kind).keySet();
    }

    /** The text form. */
    String text() {
        List<String> lines = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (Map.Entry<String, List<String>> entry : map(kind).entrySet()) {
                for (String file : entry.getValue()) {
                    lines.add(kind.word() + " " + entry.getKey() + " " + file);
                }
            }
        }
        lines.sort(null);
        StringBuilder text = new StringBuilder("# Made by org.jstap.compiler.tapset.TapsetIndex from the files beside it.\n");
        for (String line : lines) {
            text.append(line).append('\n');
        }
        return text.toString();
    }
}
