package org.jstap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that {@code packaging/LinkAhead.java} has rewritten do what they did before, and link less. */
class LinkAheadTest {
    private static final Path PROGRAM = Path.of("..", "packaging", "LinkAhead.java");

    private static final String SAMPLE = """
            import java.util.ArrayList;
            import java.util.List;

            public class Sample {
                sealed interface Shape permits Circle, Square, Nothing { }
                record Circle(double radius) implements Shape { }
                record Square(long side, String name) implements Shape { }
                record Nothing() implements Shape { }
                record All(boolean a, byte b, char c, short d, int e, long f, float g, double h, String i, int[] j, List<Shape> k) { }
                enum Colour { RED, GREEN }
                interface Named { static String of(Object o) { return switch (o) { case Circle _ -> "round"; default -> "other"; }; } }

                static String name(Shape shape) {
                    return switch (shape) {
                        case Circle circle when circle.radius() > 10 -> "large circle";
                        case Circle(double radius) when radius < 0 -> "no circle";
                        case Circle circle -> "circle " + circle.radius();
                        case Square square -> "square " + square.side();
                        case Nothing _ -> "nothing";
                    };
                }

                static String kind(Object o) {
                    return switch (o) {
                        case null -> "null";
                        case Integer i when i > 100 -> "large";
                        case Integer i -> "int " + i;
                        case CharSequence text when text.length() == 0 -> "empty";
                        case String text -> "text " + text;
                        case CharSequence text -> "characters " + text;
                        case int[] numbers -> "numbers " + numbers.length;
                        case Object[] objects -> "objects " + objects.length;
                        case Shape shape -> name(shape);
                        default -> "other";
                    };
                }

                static String constants(Object o) {
                    return switch (o) {
                        case Colour c when c == Colour.RED -> "red";
                        case Colour.GREEN -> "green";
                        case String s when s.equals("x") -> "x";
                        default -> "else";
                    };
                }

                static All all(int which) {
                    int[] numbers = {1, 2};
                    return new All(which != 1, (byte) (which == 2 ? -1 : 1), which == 3 ? 'x' : 'y', (short) (which == 4 ? 7 : 8),
                        which == 5 ? Integer.MIN_VALUE : 3, which == 6 ? 1L << 40 : 5, which == 7 ? -0.0f : 0.0f,
                        which == 8 ? Double.NaN : 1, which == 9 ? null : "text", which == 10 ? null : NUMBERS,
                        which == 11 ? List.of() : List.of(new Circle(1), new Nothing()));
                }

                static final int[] NUMBERS = {1};

                public static String run() {
                    StringBuilder out = new StringBuilder();
                    for (Object o : new Object[] {null, 5, 500, "", "a", new StringBuilder("b"), new StringBuilder(), new int[3],
                            new String[2], new Circle(11), new Circle(-1), new Circle(2), new Square(4, "s"), new Nothing(), 'c'}) {
                        out.append(kind(o)).append('\\n').append(Named.of(o == null ? "" : o)).append('\\n');
                    }
                    try {
                        name(null);
                    } catch (NullPointerException e) {
                        out.append("no shape\\n");
                    }
                    for (Object o : List.of(Colour.RED, Colour.GREEN, "x", "y")) {
                        out.append(constants(o)).append('\\n');
                    }
                    List<Object> records = new ArrayList<>();
                    for (int i = 0; i < 12; i++) {
                        records.add(all(i));
                    }
                    records.addAll(List.of(new Circle(Double.NaN), new Circle(Double.NaN), new Circle(0.0), new Circle(-0.0),
                        new Nothing(), new Nothing(), new Square(1, "a"), new Square(1, new String("a")), "a"));
                    for (Object one : records) {
                        out.append(one instanceof All all ? all.i() == null ? 0 : one.hashCode() - java.util.Objects.hashCode(all.j()) * 31
                            : one.hashCode()).append(' ').append(one.equals(null));
                        for (Object other : records) {
                            out.append(one.equals(other) ? '=' : '.');
                        }
                        out.append('\\n');
                    }
                    return out.toString();
                }
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void rewrittenClassesDoWhatTheyDid() throws Exception {
        Path source = Files.writeString(directory.resolve("Sample.java"), SAMPLE);
        Path classes = Files.createDirectory(directory.resolve("classes"));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(), source.toString())).isZero();
        String before = run(classes);
        assertThat(before).contains("large circle\n", "no circle\n", "circle 2.0\n", "numbers 3\n", "no shape\n", "green\n", "round\n");
        assertThat(calls(classes)).contains("typeSwitch", "equals", "hashCode");

        assertThat(rewrite(classes)).startsWith("linked ahead: ");

        assertThat(run(classes)).isEqualTo(before);
        // A switch with constants among its labels stays as it is, and so does toString.
        assertThat(calls(classes)).doesNotContain("equals", "hashCode").contains("toString").containsOnlyOnce("typeSwitch");
        assertThat(rewrite(classes)).as("a second time there is nothing left to do").isEqualTo(
                "linked ahead: 0 switches over types, 0 methods of records");
    }

    private static String run(Path classes) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
            return (String) loader.loadClass("Sample").getMethod("run").invoke(null);
        }
    }

    private static String rewrite(Path classes) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), PROGRAM.toString(),
                classes.toString()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes()).strip();
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** What is linked by a method at run time: names of switches and of methods of records. */
    private static List<String> calls(Path classes) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(classes)) {
            for (Path file : files.toList()) {
                for (MethodModel method : ClassFile.of().parse(file).methods()) {
                    if (method.code().isPresent()) {
                        for (CodeElement element : method.code().get()) {
                            if (element instanceof InvokeDynamicInstruction call) {
                                String owner = call.bootstrapMethod().owner().displayName();
                                if (owner.equals("SwitchBootstraps") || owner.equals("ObjectMethods")) {
                                    found.add(call.name().stringValue());
                                }
                            }
                        }
                    }
                }
            }
        }
        return found;
    }
}
