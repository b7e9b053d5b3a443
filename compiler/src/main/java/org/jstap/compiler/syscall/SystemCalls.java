package org.jstap.compiler.syscall;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.compiler.syscall.SystemCall.Parameter;
import org.jstap.compiler.syscall.SystemCall.Variable;

/** The table of system calls of one architecture. Immutable. */
public final class SystemCalls {
    /** More than any system call's number: the kernel adds a few a year, from 470 in Linux 6.18. */
    public static final int NUMBERS = 512;
    /** No system call has more arguments. */
    public static final int ARGUMENTS = 6;
    private static final int COLUMN_X86_64 = 2;
    private static final int COLUMN_AARCH64 = 3;

    private final Map<String, List<SystemCall>> byAlias = new LinkedHashMap<>();
    private final SystemCall[] byNumber = new SystemCall[NUMBERS];

    private SystemCalls() { }

    /** The table of the architecture that this program runs on, read once. */
    public static SystemCalls current() {
        return Holder.CURRENT;
    }

    private static final class Holder {
        static final SystemCalls CURRENT = parse(Resources.text("syscalls.tbl"), System.getProperty("os.arch"));
    }

    /** @param architecture as Java names it */
    static SystemCalls parse(String text, String architecture) {
        int column = architecture.equals("aarch64") ? COLUMN_AARCH64 : COLUMN_X86_64;
        SystemCalls table = new SystemCalls();
        for (List<String> words : Resources.lines(text)) {
            table.add(call(words, column));
        }
        return table;
    }

    private void add(SystemCall call) {
        byAlias.computeIfAbsent(call.alias(), _ -> new ArrayList<>(1)).add(call);
        if (call.number().isPresent()) {
            byNumber[call.number().getAsInt()] = call;
        }
    }

    private static SystemCall call(List<String> words, int column) {
        OptionalInt number = words.get(column).equals("-") ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(words.get(column)));
        String result = words.get(4);
        List<Parameter> parameters = new ArrayList<>();
        int index = 0;
        for (String word : words.subList(5, words.size())) {
            Parameter parameter = parameter(word, index);
            parameters.add(parameter);
            index += parameter.index() < 0 ? 0 : 1;
        }
        return new SystemCall(words.get(0), words.get(1), number, result.charAt(0), result.endsWith("+"), parameters);
    }

    private static Parameter parameter(String word, int index) {
        int equals = word.indexOf('=');
        String kind = equals < 0 ? word : word.substring(0, equals);
        int dot = kind.indexOf('.');
        String detail = dot < 0 ? "" : kind.substring(dot + 1);
        kind = dot < 0 ? kind : kind.substring(0, dot);
        boolean named = kind.equals("f") || kind.equals("e");
        List<Variable> variables = new ArrayList<>();
        if (equals >= 0) {
            for (String name : word.substring(equals + 1).split(",")) {
                boolean isText = name.endsWith("$");
                variables.add(new Variable(isText ? name.substring(0, name.length() - 1) : name, isText));
            }
        }
        return new Parameter(kind.equals("0") ? -1 : index, kind, named ? detail : "",
                named || detail.isEmpty() ? -1 : Integer.parseInt(detail) - 1, variables);
    }

    /** Names behind {@code syscall.}, each once. */
    public Collection<String> aliases() {
        return byAlias.keySet();
    }

    /** The calls of an alias, most often one; none for an unknown name. */
    public List<SystemCall> of(String alias) {
        return byAlias.getOrDefault(alias, List.of());
    }

    /** The kernel's name of a call, "" for a number that is none. */
    public String name(long number) {
        Optional<SystemCall> call = number < 0 || number >= NUMBERS ? Optional.empty() : of((int) number);
        return call.isPresent() ? call.get().call() : "";
    }

    /** The number of a call by the kernel's name, -1 for a name that is none. */
    public long number(String name) {
        for (SystemCall call : byNumber) {
            if (call != null && call.call().equals(name)) {
                return call.number().getAsInt();
            }
        }
        return -1;
    }

    /** The call of a number. */
    public Optional<SystemCall> of(int number) {
        return number < 0 || number >= NUMBERS ? Optional.empty() : Optional.ofNullable(byNumber[number]);
    }
}
