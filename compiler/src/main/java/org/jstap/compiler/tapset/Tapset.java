package org.jstap.compiler.tapset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jstap.compiler.syscall.SystemCallTapset;
import org.jstap.compiler.tapset.TapsetNames.Kind;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.Diagnostics;
import org.jstap.language.parser.ParseOptions;
import org.jstap.language.parser.ParseResult;
import org.jstap.language.parser.Parser;
import org.jstap.language.preprocess.Macro;
import org.jstap.language.preprocess.MacroLibrary;
import org.jstap.language.preprocess.MacroSource;
import org.jstap.language.preprocess.PreprocessorEnvironment;
import org.jstap.language.source.SourceFile;
import org.jstap.language.tree.ScriptFile;

/**
 * The library of one translation: the built-in files, and those of directories that the user gave. Files are parsed when a name in
 * them is asked for, each once. Not for use by several threads.
 */
public final class Tapset {
    private static final String INDEX = "index.txt";

    private final PreprocessorEnvironment environment;
    private final List<String> arguments;
    private final TapsetLines builtin;
    private final Map<String, Optional<ScriptFile>> parsed = new HashMap<>();
    private final Map<String, MacroLibrary> macroFiles = new HashMap<>();
    private final List<ScriptFile> userFiles = new ArrayList<>();
    private final TapsetNames userNames = new TapsetNames();
    private Optional<MacroLibrary> userMacros = Optional.empty();
    private Optional<SystemCallTapset> systemCalls = Optional.empty();
    private final Diagnostics diagnostics = new Diagnostics();
    private final MacroSource macros = new Macros();

    /**
     * @param environment what conditions in the files can ask for
     * @param userFiles   files of {@code -I} directories, {@code .stp} and {@code .stpm} by the end of their names, in order
     */
    public Tapset(PreprocessorEnvironment environment, List<SourceFile> userFiles) {
        this(environment, userFiles, List.of());
    }

    /** @param arguments those of the script, one byte per char, which library files can look at too */
    public Tapset(PreprocessorEnvironment environment, List<SourceFile> userFiles, List<String> arguments) {
        this.environment = environment;
        this.arguments = List.copyOf(arguments);
        this.builtin = new TapsetLines(resource(INDEX));
        addUserFiles(userFiles);
    }

    private void addUserFiles(List<SourceFile> files) {
        List<SourceFile> macroSources = new ArrayList<>();
        for (SourceFile file : files) {
            if (file.name().endsWith(".stpm")) {
                macroSources.add(file);
            }
        }
        if (!macroSources.isEmpty()) {
            MacroLibrary.Result result = MacroLibrary.parse(macroSources, environment);
            diagnostics.addAll(result.diagnostics());
            userMacros = Optional.of(result.library());
        }
        for (SourceFile file : files) {
            if (file.name().endsWith(".stp")) {
                Optional<ScriptFile> tree = parse(file);
                if (tree.isPresent()) {
                    userFiles.add(tree.get());
                    userNames.add(tree.get(), file.name());
                    parsed.put("user:" + file.name(), tree);
                }
            }
        }
    }

    /** The macros of the library, for the parser of the script. */
    public MacroSource macros() {
        return macros;
    }

    /** What is wrong with library files read so far. */
    public List<Diagnostic> diagnostics() {
        return diagnostics.all();
    }

    /** Files that define a function of this name for others to use, those of the user first. */
    public List<ScriptFile> withFunction(String name) {
        return files(Kind.FUNCTION, name);
    }

    /** Files that define a global of this name for others to use. */
    public List<ScriptFile> withGlobal(String name) {
        return files(Kind.GLOBAL, name);
    }

    /** Files that define an alias of exactly this name. */
    public List<ScriptFile> withAlias(String name) {
        List<ScriptFile> found = files(Kind.ALIAS, name);
        if (found.isEmpty() && SystemCallTapset.mayDefine(name)) {
            Optional<ScriptFile> tree = parsed.get("system call " + name);
            if (tree == null) {
                Optional<String> source = systemCalls().source(name);
                tree = source.isPresent() ? parse(new SourceFile(name + ".stp", source.get(), true)) : Optional.empty();
                parsed.put("system call " + name, tree);
            }
            return tree.isPresent() ? List.of(tree.get()) : List.of();
        }
        return found;
    }

    /** The aliases of system calls, whose source is made from a table. */
    private SystemCallTapset systemCalls() {
        if (systemCalls.isEmpty()) {
            systemCalls = Optional.of(new SystemCallTapset());
        }
        return systemCalls.get();
    }

    /** A file with one alias in the place of several of system calls. */
    public Optional<ScriptFile> mergedSystemCalls(String pattern, Collection<String> aliases, boolean isReturn) {
        return parse(new SourceFile("syscall.stp", systemCalls().merged(pattern, aliases, isReturn), true));
    }

    /** The tree of a file of the library that has been read. */
    public Optional<ScriptFile> file(SourceFile source) {
        for (Optional<ScriptFile> tree : parsed.values()) {
            if (tree.isPresent() && tree.get().source() == source) {
                return tree;
            }
        }
        return Optional.empty();
    }

    public Collection<String> functionNames() {
        return names(Kind.FUNCTION);
    }

    public Collection<String> aliasNames() {
        Collection<String> all = names(Kind.ALIAS);
        all.addAll(systemCalls().aliases());
        return all;
    }

    /** Probes and all else in the user's library files that is there whether it is used or not. */
    public List<ScriptFile> userFiles() {
        return List.copyOf(userFiles);
    }

    private Collection<String> names(Kind kind) {
        Set<String> all = new LinkedHashSet<>(userNames.names(kind));
        all.addAll(builtin.names(kind));
        return all;
    }

    private List<ScriptFile> files(Kind kind, String name) {
        List<ScriptFile> found = new ArrayList<>();
        for (String file : userNames.files(kind, name)) {
            Optional<ScriptFile> tree = parsed.get("user:" + file);
            if (tree != null && tree.isPresent()) {
                found.add(tree.get());
            }
        }
        for (String file : builtin.files(kind, name)) {
            Optional<ScriptFile> tree = parsed.get(file);
            if (tree == null) {
                tree = parse(new SourceFile(file, resource(file), true));
                parsed.put(file, tree);
            }
            if (tree.isPresent()) {
                found.add(tree.get());
            }
        }
        return found;
    }

    private Optional<ScriptFile> parse(SourceFile file) {
        ParseResult result = Parser.parse(file, new ParseOptions(environment, macros, arguments));
        diagnostics.addAll(result.diagnostics());
        return result.file();
    }

    /** Finds macros, reading a file of them when one of its names is asked for. */
    private final class Macros implements MacroSource {
        @Override
        public Optional<Macro> find(String name) {
            if (userMacros.isPresent()) {
                Optional<Macro> own = userMacros.get().find(name);
                if (own.isPresent()) {
                    return own;
                }
            }
            for (String file : builtin.files(Kind.MACRO, name)) {
                MacroLibrary library = macroFiles.get(file);
                if (library == null) {
                    MacroLibrary.Result result =
                            MacroLibrary.parse(List.of(new SourceFile(file, resource(file), true)), environment);
                    diagnostics.addAll(result.diagnostics());
                    library = result.library();
                    macroFiles.put(file, library);
                }
                Optional<Macro> macro = library.find(name);
                if (macro.isPresent()) {
                    return macro;
                }
            }
            return Optional.empty();
        }

        @Override
        public Collection<String> names() {
            return Tapset.this.names(Kind.MACRO);
        }
    }

    /** The text of a resource beside this class, one char per byte. */
    public static String resource(String name) {
        try (InputStream in = LibraryArchive.open(Tapset.class, name)) {
            if (in == null) {
                throw new IllegalStateException("the tapset index names " + name + ", which is not there");
            }
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
