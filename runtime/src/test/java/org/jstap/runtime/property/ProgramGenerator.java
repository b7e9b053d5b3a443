package org.jstap.runtime.property;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes typed programs: every expression has the type that its place wants, every loop ends. One program in eight goes through arrays
 * and keeps statistics; half of those read memory at the end of each handler, so that the kernel cannot leave the walks to the host.
 * One in four asks what patterns have matched.
 *
 * <p>A sorted walk that ends early leaves the array in another order in the kernel, so there are none of these.
 */
public final class ProgramGenerator {
    static final String LOCALS = "  n0 = 1; n1 = -7; n2 = 0; s0 = \"\"; s1 = \"xyz\"\n";
    /** What another handler has left for {@code tokenize("", …)} only the JVM knows. */
    static final String NO_TOKENS = "  tokenize(\"-\", \"-\")\n";
    static final String SHOW = "  printf(\"%d %d %d|%d %d %d|%s|%s|%s|%s\\n\", g0, g1, g2, n0, n1, n2, t0, t1, s0, s1)\n";
    static final String SHOW_ARRAYS = "a0[99] = 1; a1[\"z\"] = 1; a2[99] = \"z\"; a3[\"z\", 99] = 1; "
            + "for (i = -3; i < 6; i++) printf(\"%d:%d,%d,%s \", i, a0[i], [i] in a0, a2[i]); "
            + "println(a1[\"\"], a1[\"a\"], a1[\"ab\"], a1[t0], a3[\"a\", 1], a3[t1, g0], [\"a\", 1] in a3); ";
    static final String SHOW_STATISTICS = "q1[99] <<< 1; q2[\"z\"] <<< 2; println(@count(q0)); foreach (k in q1+) println(k, \":\", @count(q1[k]), \",\", @sum(q1[k])); "
            + "foreach ([s] in q2-) println(s, \":\", @max(q2[s]), @variance(q2[s])); ";
    private static final String STATISTICS = "global q0, q1, q2\n";
    private static final String[] OF_ALL = {"count", "sum", "min", "max", "avg", "variance"};
    private static final String GLOBALS = "global g0 = 5, g1 = -3, g2, t0 = \"ab\", t1\nglobal a0, a1, a2, a3\n";
    private static final int DEEPEST = 3;
    private static final long[] NUMBERS = {0, 1, -1, 2, 3, 7, 10, -2, 63, 64, 255, 256, 65535, 0x7fffffffL, 0x80000000L, 0xffffffffL,
        Long.MAX_VALUE, Long.MIN_VALUE + 1};
    private static final String[] TEXTS = {"", "a", "ab", "b", "A longer text, of more than sixteen bytes", "\\n", "0x1f", "12",
        "\\377", "%d"};
    private static final String[] FORMATS = {"%d", "%x", "%5d|", "%-6d|", "%05d", "%u", "%i", "%#x", "%o", "%+d", "% 7d",
        "%.3d", "%-9.4x|", "%#.5o", "%08X", "%#14X", "%p", "%12p", "%.0u"};

    private static final String[] PATTERNS = {"a", "^a(b?)", "(.)(.)$", "([0-9]+)", "(a*)((b)|ab)*", "^(.*) (.*)$", "x|(y)z", "",
        "(|a)+b", "^([^ ]*)(, )?", "(a|ab)(c|bcd|)(d*)", "((-)?[1-9][0-9]*)|(0)", "[^a-z]([a-z]+)$", "(%d|\\n)", "(a|b|$)*"};

    private final Random random;
    private final boolean collects;
    private final boolean reads;
    private final boolean matches;
    private int loops;
    private boolean inFunction;

    private ProgramGenerator(long seed) {
        this.random = new Random(seed);
        this.collects = random.nextInt(8) == 0;
        this.reads = collects && random.nextBoolean();
        this.matches = random.nextInt(4) == 0;
    }

    /** The same seed gives the same program. */
    public static RandomProgram program(long seed) {
        ProgramGenerator generator = new ProgramGenerator(seed);
        String functions = generator.functions();
        List<List<String>> handlers = new ArrayList<>();
        for (int i = 0; i < 1 + generator.random.nextInt(2); i++) {
            List<String> statements = new ArrayList<>();
            if (generator.matches && generator.roll(4) > 0) {
                statements.add("if (" + generator.match(1) + ") n2 = ngroups();");
            }
            for (int n = 3 + generator.random.nextInt(6); n > 0; n--) {
                statements.add(generator.collects && generator.roll(3) == 0 ? generator.collecting() : generator.statement(2));
            }
            if (generator.reads) {
                statements.add("s0 = kernel_string2(0, s0);");
            }
            handlers.add(statements);
        }
        return new RandomProgram(GLOBALS + (generator.collects ? STATISTICS : "") + functions, handlers,
                SHOW_ARRAYS + (generator.collects ? SHOW_STATISTICS : ""));
    }

    private String functions() {
        inFunction = true;
        String text = "function f(n0:long, n1:long) { n2 = n0; s0 = \"\"; s1 = \"\"; " + statement(1) + " " + statement(1)
                + " return " + number(2) + " }\n"
                + "function h:string(s0:string, n0:long) { n1 = n0; n2 = 1; s1 = s0; " + statement(1) + " return " + text(2) + " }\n";
        inFunction = false;
        return text;
    }

    private int roll(int sides) {
        return random.nextInt(sides);
    }

    private String pick(String... choices) {
        return choices[roll(choices.length)];
    }

    // ---- statements

    private String statement(int depth) {
        return matches && depth > 0 && roll(4) == 0 ? matching(depth - 1) : plainStatement(depth);
    }

    private String plainStatement(int depth) {
        return switch (roll(depth > 0 ? 16 : 9)) {
            case 0, 1 -> longPlace() + " = " + number(DEEPEST) + ";";
            case 2 -> longPlace() + pick(" += ", " -= ", " *= ", " &= ", " |= ", " ^= ", " <<= ", " >>= ") + number(2) + ";";
            case 3, 4 -> textPlace() + " = " + text(DEEPEST) + ";";
            case 5 -> pick("t0", "s0") + " .= " + text(1) + ";";
            case 6 -> longPlace() + pick("++", "--") + ";";
            case 7 -> print();
            case 8 -> "delete " + pick("a0[" + number(1) + "]", "a1[" + text(1) + "]", "a2[" + number(1) + "]", "g2") + ";";
            case 9, 10 -> "if (" + number(2) + ") { " + block(depth - 1) + " }" + (random.nextBoolean() ? ""
                    : " else { " + block(depth - 1) + " }");
            case 11, 12 -> loop(depth - 1);
            case 13 -> "try { " + block(depth - 1) + " " + pick("", "error(" + text(1) + ");", "n0 = 1 / " + number(1) + ";")
                    + " } catch (s1) { print(s1); " + block(depth - 1) + " }";
            case 14 -> "{ " + block(depth - 1) + " }";
            default -> longPlace() + " = " + number(1) + pick(" / ", " % ") + "(" + number(1) + " | 1);";
        };
    }

    // ---- patterns, and what they have matched

    private String match(int depth) {
        return "(" + text(depth) + pick(" =~ ", " =~ ", " =~ ", " !~ ") + "\"" + pick(PATTERNS) + "\")";
    }

    private String matching(int depth) {
        String ask = pick("print(matched_str());", "n1 = ngroups();", textPlace() + " = " + matched() + ";",
                "println(" + matched() + ", \"|\", " + matched() + ");");
        if (inFunction) {
            return "try { if (" + match(1) + pick(") { ", " || 1) { ") + ask + " } } catch (s1) { print(s1); }";
        }
        return switch (roll(6)) {
            case 0, 1 -> "if (" + match(2) + ") { " + ask + " " + block(depth) + " }";
            case 2 -> "try { " + ask + " " + block(depth) + " } catch (s1) { print(s1); }";
            case 3 -> "if (" + number(1) + " && " + match(1) + ") { " + ask + " } else { " + block(depth) + " }";
            case 4 -> "n0 = " + match(2) + "; try { " + ask + " } catch { n0 = -1; }";
            default -> "while (s0 =~ \"^.?.?([a-z ,]*)(.?)(.*)$\") { s0 = matched(3); print(matched(2)); if (s0 == \"\" || " + number(1)
                    + ") break; }";
        };
    }

    private String matched() {
        return "matched(" + pick("0", "1", "2", "3", number(0)) + ")";
    }

    // ---- statistics, and walks through arrays

    private String collecting() {
        return switch (roll(16)) {
            case 13 -> "try { " + longPlace() + " = " + bucket(number(2)) + "; } catch (s1) { print(s1); }";
            case 14 -> "try { " + buckets() + " } catch (s1) { print(s1); }";
            case 15 -> "if (@count(q0) > 1) " + pick("print(@hist_log(q0));", "n1 = " + bucket("64 + " + (roll(9) - 4)) + ";", buckets());
            case 0, 1 -> "q0 <<< " + number(2) + ";";
            case 2, 3 -> "q1[" + number(1) + "] <<< " + number(2) + ";";
            case 4 -> "q2[" + text(1) + "] <<< " + number(2) + ";";
            case 5 -> "for (w = 0; w < " + (1 + roll(6)) + "; w++) q1[w % 3] <<< w * " + number(1) + ";";
            case 6 -> "delete " + pick("q0", "q1[" + number(1) + "]", "q2[" + text(1) + "]", "q1", "q2", "a0", "a3",
                    "a3[*, " + number(0) + "]", "a3[" + text(0) + ", *]") + ";";
            case 7 -> "if (" + number(2) + ") { " + collecting() + " }";
            case 8 -> "println(@count(q0)); if (@count(q0)) println(@" + pick(OF_ALL) + "(q0));";
            case 9 -> "try { " + walk() + " } catch (s1) { print(s1); }";
            case 10 -> "if (" + pick("[*, " + number(0) + "] in a3", "[" + text(0) + ", *] in a3", "[*] in a0") + ") n0++; else n1--;";
            default -> walk();
        };
    }

    private String bucket(String index) {
        return pick("@hist_log(q0)", "@hist_linear(q1[" + number(1) + "], -4, 20, 3)") + "[" + index + "]";
    }

    private String buckets() {
        String limit = pick("", "", " limit " + (60 + roll(9)), " limit " + number(0));
        return switch (roll(4)) {
            case 0 -> "foreach (b in @hist_log(q0)" + limit + ") n0 = n0 * 3 + @hist_log(q0)[b];";
            case 1 -> "foreach (c = b in @hist_log(q0)" + limit + ") { if (!c) continue; printf(\"%d:%d \", b, c); if (" + number(1) + ") break; }";
            case 2 -> "foreach (c = b in @hist_linear(q1[" + number(0) + "], -4, 20, 3)" + limit + ") { n2 += b * c; " + longPlace() + " = c; }";
            default -> "foreach (c = b in @hist_log(q0)) if (c) { q0 <<< b; n1 ^= c; }";
        };
    }

    private String walk() {
        String order = pick("", "+", "-");
        boolean early = order.isEmpty();
        String limit = early ? pick("", "", " limit " + (1 + roll(3)), " limit " + number(0)) : "";
        String leave = early ? "if (" + number(1) + ") break; " : "";
        return switch (roll(9)) {
            case 0 -> "foreach (k" + order + " in a0" + limit + ") printf(\"%d=%d;\", k, a0[k]);";
            case 1 -> "foreach (v = k in a0" + order + limit + ") { n1 += v - k; println(v, \" \", k); }";
            case 2 -> "foreach ([s" + order + "] in a1" + limit + ") { print(s); " + leave + "print(a1[s]); }";
            case 3 -> "foreach ([s, k" + order + "] in a3" + limit + ") println(s, k, a3[s, k]);";
            case 4 -> "foreach (k in q1 @" + pick(OF_ALL) + pick("+", "-") + ") printf(\"%d:%d \", k, @" + pick(OF_ALL) + "(q1[k]));";
            case 5 -> "foreach (k in a2" + order + limit + ") { if (k == " + number(0) + ") continue; n2 = n2 * 3 + k; print(a2[k]); }";
            case 6 -> "foreach ([s, k] in a3[" + pick("*, " + number(1), text(1) + ", *", "*, *") + "]" + limit + ") { " + leave + "n0 += k; print(s); }";
            case 7 -> "foreach (k in a0) foreach (v = s in a1" + limit + ") { " + leave + "n0 = n0 * 3 + v * k; }";
            default -> "foreach (s in q2" + order + limit + ") println(s, @" + pick(OF_ALL) + "(q2[s]));";
        };
    }

    private String block(int depth) {
        StringBuilder text = new StringBuilder();
        for (int n = 1 + roll(2); n > 0; n--) {
            text.append(statement(depth)).append(' ');
        }
        return text.toString();
    }

    private String loop(int depth) {
        String counter = "i" + loops++;
        String text = "for (" + counter + " = 0; " + counter + " < " + (1 + roll(4)) + "; " + counter + "++) { " + block(depth)
                + pick("", "if (" + number(1) + ") break;", "if (" + number(1) + ") continue; " + statement(0)) + " }";
        loops--;
        return text;
    }

    private String print() {
        return switch (roll(4)) {
            case 0 -> "printf(\"" + pick(FORMATS) + " %s;\", " + number(2) + ", " + text(2) + ");";
            case 1 -> "println(" + number(2) + ", " + text(2) + ");";
            case 2 -> "print(" + text(2) + ");";
            default -> "printd(\"/\", " + number(1) + ", " + text(1) + ", " + number(1) + ");";
        };
    }

    private String longPlace() {
        return switch (roll(8)) {
            case 0, 1 -> pick("g0", "g1", "g2");
            case 2 -> "a0[" + number(1) + "]";
            case 3 -> "a1[" + text(1) + "]";
            case 4 -> "a3[" + text(1) + ", " + number(1) + "]";
            default -> pick("n0", "n1", "n2");
        };
    }

    private String textPlace() {
        return roll(4) == 0 ? "a2[" + number(1) + "]" : pick("t0", "t1", "s0", "s1");
    }

    // ---- expressions

    private String number(int depth) {
        if (depth <= 0 || roll(5) == 0) {
            return roll(3) == 0 ? "(" + NUMBERS[roll(NUMBERS.length)] + ")" : pick("n0", "n1", "n2", "g0", "g1", "g2");
        }
        int d = depth - 1;
        return switch (roll(19)) {
            case 18 -> match(d);
            case 0, 1, 2 -> "(" + number(d) + pick(" + ", " - ", " * ") + number(d) + ")";
            case 3 -> "(" + number(d) + pick(" & ", " | ", " ^ ") + number(d) + ")";
            case 4 -> "(" + number(d) + pick(" << ", " >> ", " >>> ") + number(d) + ")";
            case 5 -> "(" + number(d) + pick(" / ", " % ") + "(" + number(d) + " | 1))";
            case 6, 7 -> "(" + number(d) + pick(" < ", " <= ", " == ", " != ", " > ", " >= ") + number(d) + ")";
            case 8 -> "(" + text(d) + pick(" < ", " <= ", " == ", " != ", " > ", " >= ") + text(d) + ")";
            case 9 -> "(" + number(d) + pick(" && ", " || ") + number(d) + ")";
            case 10 -> pick("-", "!", "~") + "(" + number(d) + ")";
            case 11 -> "(" + number(d) + " ? " + number(d) + " : " + number(d) + ")";
            case 12 -> pick("a0[" + number(d) + "]", "a1[" + text(d) + "]", "a3[" + text(d) + ", " + number(d) + "]");
            case 13 -> pick("([" + number(d) + "] in a0)", "([" + text(d) + "] in a1)", "([" + number(d) + "] in a2)");
            case 14 -> pick("strlen(" + text(d) + ")", "isinstr(" + text(d) + ", " + text(d) + ")", "strtol(" + text(d) + ", 10)",
                    "strpos(" + text(d) + ", " + text(d) + ")");
            case 15 -> inFunction ? "strlen(" + text(d) + ")" : "f(" + number(d) + ", " + number(d) + ")";
            case 16 -> "(" + longPlace() + pick("++", "--") + ")";
            default -> "(" + pick("n0", "g1") + pick(" = ", " += ", " ^= ") + number(d) + ")";
        };
    }

    private String text(int depth) {
        if (depth <= 0 || roll(4) == 0) {
            return roll(2) == 0 ? '"' + TEXTS[roll(TEXTS.length)] + '"' : pick("s0", "s1", "t0", "t1");
        }
        int d = depth - 1;
        return switch (roll(matches && !inFunction ? 11 : 10)) {
            case 10 -> matched();
            case 0, 1 -> "(" + text(d) + " . " + text(d) + ")";
            case 8 -> pick("str_replace(" + text(d) + ", " + text(d) + ", " + text(d) + ")", "tokenize(" + text(d) + ", " + text(d) + ")",
                    "text_strn(" + text(d) + ", " + number(d) + ", " + number(d) + ")", "string_quoted(" + text(d) + ")");
            case 9 -> pick("sprintf(\"%*s|\", " + number(d) + ", " + text(d) + ")", "sprintf(\"%-9.*s\", " + number(d) + ", " + text(d) + ")",
                    "sprintf(\"%*.*d\", " + number(d) + " % 40, " + number(d) + ", " + number(d) + ")", "errno_str(" + number(d) + ")",
                    "signal_str(" + number(d) + ")");
            case 2 -> "sprintf(\"" + pick(FORMATS) + "%s\", " + number(d) + ", " + text(d) + ")";
            case 3 -> "sprint(" + number(d) + ", " + text(d) + ")";
            case 4 -> "substr(" + text(d) + ", " + number(d) + ", " + number(d) + ")";
            case 5 -> "(" + number(d) + " ? " + text(d) + " : " + text(d) + ")";
            case 6 -> "a2[" + number(d) + "]";
            default -> inFunction ? "substr(" + text(d) + ", 1, 3)" : "h(" + text(d) + ", " + number(d) + ")";
        };
    }
}
