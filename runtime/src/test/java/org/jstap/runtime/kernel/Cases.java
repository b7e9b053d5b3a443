package org.jstap.runtime.kernel;

import java.util.ArrayList;
import java.util.List;

/** Scripts whose begin handlers mean the same on the JVM and in the kernel, and what they print. */
final class Cases {
    private Cases() { }

    /** A script and what it prints. */
    record Case(String name, String script, String output) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Case of(String name, String script, String output) {
        return new Case(name, script, output);
    }

    static List<Case> all() {
        List<Case> all = new ArrayList<>(first());
        all.addAll(TextCases.all());
        all.addAll(WalkCases.all());
        all.addAll(MatchCases.all());
        all.addAll(BucketCases.all());
        return all;
    }

    private static List<Case> first() {
        return List.of(ARITHMETIC, SHIFTS, BITS, UNARY, COMPARISON, LOGIC, COMPARISON_OF_STRINGS, CONCATENATION, WIDTHS, GLOBALS,
                COUNTING, ARRAYS, KEYS, LOOPS, NESTED_LOOPS, FUNCTIONS, EARLY_RETURNS, TRY, TRY_IN_LOOP, PRINTF, PRINTS, STRING_CHOICE,
                FORMATTED_STRINGS, LONG_STRINGS, NEXT, MoreCases.STRING_SEARCH, MoreCases.LONG_FORMATS, MoreCases.HOST_STRINGS, MoreCases.PATTERNS, MoreCases.WRAPPING,
                MoreCases.BLOCKS, MoreCases.LOG_AND_PRINT, MoreCases.ESCAPES, MoreCases.FORMATS_OF_THE_KERNEL, MoreCases.NAMES_OF_FILES,
                MoreCases.READ_STATISTICS);
    }

    /** Those in which the host does a part with globals of the kernel part; the interpreter keeps the two apart. */
    static List<Case> shared() {
        return List.of(MoreCases.SHARED_ARRAYS, MoreCases.SHARED_STATISTICS, MoreCases.BLOCK_IN_BRANCH, MoreCases.WRAPPING_STATISTICS,
                MoreCases.READ_ON_BOTH_SIDES);
    }

    private static final Case ARITHMETIC = of("arithmetic wraps and divides as C does", """
            global low = -9223372036854775807, minus = -1, seven = 7, two = 2
            probe begin {
              low--
              printf("%d %d %d %d\\n", seven / two, -seven / two, seven / -two, -seven / -two)
              printf("%d %d %d %d\\n", seven % two, -seven % two, seven % -two, -seven % -two)
              printf("%d %d\\n", low / minus, low % minus)
              printf("%d %d %d\\n", low - 1, low + low, low * minus)
              printf("%d %d %d\\n", low / two, low % seven, low / low)
              printf("%d %d\\n", seven * 1000000007 * 1000000009, low / 1)
              exit()
            }""", """
            3 -3 -3 3
            1 -1 1 -1
            -9223372036854775808 0
            9223372036854775807 0 -9223372036854775808
            -4611686018427387904 -1 1
            7000000112000000441 -9223372036854775808
            """);

    private static final Case SHIFTS = of("shifts take the count modulo 64 and keep the sign", """
            global one = 1, minus = -256, n = 65
            probe begin {
              printf("%d %d %d %d\\n", one << n, one << 63, minus >> 4, minus >> n)
              printf("%d %d %d\\n", minus << 60, one << -1, minus >> 63)
              one <<= 40; minus >>= 2
              printf("%d %d\\n", one, minus)
              exit()
            }""", """
            2 -9223372036854775808 -16 -128
            0 -9223372036854775808 -1
            1099511627776 -64
            """);

    private static final Case BITS = of("bits", """
            global a = 0xf0f0, b = 0x0ff0
            probe begin {
              printf("%x %x %x %d %d\\n", a & b, a | b, a ^ b, ~a, ~0)
              a &= 0xff; b |= 0x1000000000; printf("%x %x\\n", a, b); b ^= b; println(b)
              exit()
            }""", """
            f0 fff0 ff00 -61681 -1
            f0 1000000ff0
            0
            """);

    private static final Case UNARY = of("unary operators", """
            global a = 5, zero
            probe begin { printf("%d %d %d %d %d %d\\n", -a, !a, !zero, ~a, - -a, !!a); exit() }""",
            "-5 0 1 -6 5 1\n");

    private static final Case COMPARISON = of("numbers are compared with their sign", """
            global minus = -1, one = 1, low = -9223372036854775807
            probe begin {
              printf("%d%d%d%d%d%d\\n", minus < one, minus <= one, minus == one, minus != one, minus >= one, minus > one)
              printf("%d%d%d%d%d%d\\n", one < one, one <= one, one == one, one != one, one >= one, one > one)
              printf("%d%d%d\\n", low < minus, low > one, low - 1 < low)
              if (low < 0x7fffffffffffffff) println("less")
              if (minus > 0xffffffff) println("wrong"); else println("not above")
              exit()
            }""", """
            110100
            011010
            101
            less
            not above
            """);

    private static final Case LOGIC = of("&& and || stop early, ?: chooses", """
            global calls, zero, one = 1
            function called(x) { calls++; return x }
            probe begin {
              printf("%d %d %d %d\\n", called(0) && called(1), called(1) && called(7), called(0) || called(0), called(5) || called(1))
              println(calls)
              printf("%d %s %d\\n", one ? 4 : 5, zero ? "yes" : "no", zero ? called(1) : one ? 8 : 9)
              println(calls)
              exit()
            }""", """
            0 1 0 1
            6
            4 no 8
            6
            """);

    private static final Case COMPARISON_OF_STRINGS = of("strings are compared by unsigned bytes", """
            global a = "abc", b = "abd", empty, high = "\\xff", longer = "abcdefghijklmnop"
            probe begin {
              printf("%d%d%d%d%d%d\\n", a < b, a <= b, a == b, a != b, a >= b, a > b)
              printf("%d%d%d%d\\n", a == "abc", a . "" == a, a < a . "d", empty < a)
              printf("%d%d%d\\n", high > a, empty == "", a == "ab")
              printf("%d%d%d\\n", longer == "abcdefghijklmnop", longer > "abcdefghijklmno", longer < "abcdefghijklmnoq")
              exit()
            }""", """
            110100
            1111
            110
            111
            """);

    private static final Case CONCATENATION = of("strings are joined and cut", """
            global a = "0123456789", n = 3
            probe begin {
              s = a . a
              println(s . "|" . s)
              s .= "x"
              println(s, " ", strlen(s), " ", strlen(""))
              t = ""
              for (i = 0; i < 5; i++) t .= "ab"
              println(t . t)
              exit()
            }""", """
            01234567890123456789|01234567890123456789
            01234567890123456789x 21 0
            abababababababababab
            """);

    private static final Case WIDTHS = of("short strings leave nothing of longer ones", """
            global s, a
            probe begin {
              s = "a rather long text that fills some words"
              a["k"] = s
              println(s, "|", a["k"])
              s = "b"; a["k"] = "c"
              println(s, "|", a["k"], "|", s == "b", a["k"] == "c")
              s = ""
              println("[", s, "]", strlen(a["k"]))
              exit()
            }""", """
            a rather long text that fills some words|a rather long text that fills some words
            b|c|11
            []1
            """);

    private static final Case GLOBALS = of("globals keep values from one handler to the next", """
            global n = 10, s = "start", unset, text
            probe begin { println(n, s, unset, "[", text, "]"); n += 5; s = s . "ed"; text = s; unset-- }
            probe begin(1) { println(n, s, unset, text); exit() }""", """
            10start0[]
            15started-1started
            """);

    private static final Case COUNTING = of("++ and -- give the value before or after", """
            global g = 5, a
            probe begin {
              l = 5
              printf("%d %d %d %d %d\\n", l++, ++l, l--, --l, l)
              printf("%d %d %d %d %d\\n", g++, ++g, g--, --g, g)
              printf("%d %d %d %d %d\\n", a[1]++, ++a[1], a[1]--, --a[1], a[1])
              a[2] += 7; a[2] *= 6; a[2] -= 2; a[2] /= 4; a[2] %= 7
              x = (g += 4); y = (a[3] = 9)
              printf("%d %d %d %d\\n", a[2], x, y, a[3])
              exit()
            }""", """
            5 7 7 5 5
            5 7 7 5 5
            0 2 2 0 0
            3 9 9 9
            """);

    private static final Case ARRAYS = of("elements are set, read, deleted and asked for", """
            global a, names
            probe begin {
              println(a[1], [1] in a)
              a[1] = 11; a[-1] = -11; names[1] = "one"
              printf("%d %d %s %d%d%d\\n", a[1], a[-1], names[1], [1] in a, [-1] in a, [2] in a)
              delete a[1]
              printf("%d %d [%s] %d\\n", a[1], [1] in a, names[2], [1] in names)
              delete a[1]
              a[1] = 0
              println([1] in a)
              exit()
            }""", """
            00
            11 -11 one 110
            0 0 [] 1
            1
            """);

    private static final Case KEYS = of("keys of several parts", """
            global a, b
            probe begin {
              a["x", 1, "yy"] = 1; a["x", 2, "yy"] = 2; a["xy", 1, "y"] = 3; a["x", 1, "yyy"] = 4
              k = "x"
              println(a[k, 1, "y" . "y"], a["x", 2, "yy"], a[k . "y", 1, "y"], a[k, 1, "yyy"], ["x", 3, "yy"] in a)
              b[1, 2, 3, 4, 5, 6, 7, 8, 9] = "nine"
              println(b[1, 2, 3, 4, 5, 6, 7, 8, 9], b[9, 8, 7, 6, 5, 4, 3, 2, 1])
              exit()
            }""", """
            12340
            nine
            """);

    private static final Case LOOPS = of("loops, break and continue", """
            global sum
            probe begin {
              for (i = 0; i < 10; i++) { if (i == 3) continue; if (i == 7) break; sum += i }
              println(i, " ", sum)
              while (i > 0) i -= 2
              println(i)
              while (1) { if (++i > 20) break }
              println(i)
              for (;;) { s .= "*"; if (strlen(s) == 4) break }
              println(s)
              for (j = 5; j < 5; j++) println("never")
              exit()
            }""", """
            7 18
            -1
            21
            ****
            """);

    private static final Case NESTED_LOOPS = of("loops in loops keep their own ends", """
            global total, s
            probe begin {
              for (i = 0; i < 5; i++) {
                for (j = 0; j < 5; j++) {
                  if (j == i) break
                  if ((i + j) % 2) continue
                  k = 0
                  while (1) { k++; if (k > j) break; if (k == 2) continue; total += 100 * i + 10 * j + k }
                  s = s . sprintf("%d%d ", i, j)
                }
                if (i == 3) break
              }
              println(i, " ", j, " ", total)
              println(s)
              exit()
            }""", """
            3 3 311
            20 31\s
            """);

    private static final Case FUNCTIONS = of("functions take and give values", """
            global g
            function twice(n) { return n * 2 }
            function greet(who:string, n) { if (n > 1) who = who . "s"; return "hello " . who }
            function change(n) { n = 99; g = n }
            function nothing() { }
            probe begin {
              n = 1
              change(n)
              println(twice(twice(3)), " ", greet("world", 1), " ", greet("world", 2), " ", n, " ", g, " ", nothing() + 0)
              exit()
            }""", "12 hello world hello worlds 1 99 0\n");

    private static final Case EARLY_RETURNS = of("return leaves loops and functions", """
            function first(most) {
              for (i = 0; i < 100; i++)
                for (j = 0; j < 100; j++) {
                  if (i * j > most) return i * 1000 + j
                  if (j > 20) break
                }
              return -1
            }
            function sign(n) { if (n < 0) return -1; if (n == 0) return 0; return 1 }
            function name(n) { if (n == 1) { return "one" } else if (n == 2) return "two"; return "many" }
            probe begin {
              println(first(10), " ", first(1000000), " ", sign(-5), sign(0), sign(5), " ", name(1), name(2), name(3))
              exit()
            }""", "1011 -1 -101 onetwomany\n");

    private static final Case TRY = of("errors are caught, with their text", """
            global zero, n
            function fails(x) { if (x > 2) error("too big: " . sprintf("%d", x)); return x }
            function divides(x) { return 10 / x }
            probe begin {
              try { println("in"); println(1 / zero); println("not here") } catch (e) { println("caught ", e) }
              try { println(5 % zero) } catch (e) { println("caught ", e) }
              try { n = fails(1); n = fails(3); println("not here") } catch (e) { println(e, " ", n) }
              try { println(divides(5)); println(divides(zero)) } catch { println("caught without a name") }
              try { try { error("inner") } catch (e) { error("outer of " . e) } } catch (e) { println(e) }
              e = "kept"
              try { n = 1 } catch (e) { println("not here") }
              println(e)
              exit()
            }""", """
            in
            caught division by 0
            caught division by 0
            too big: 3 1
            2
            caught without a name
            outer of inner
            kept
            """);

    private static final Case TRY_IN_LOOP = of("errors in loops", """
            global d
            probe begin {
              for (i = -2; i <= 2; i++) {
                try {
                  for (j = 0; j < 3; j++) { if (i == 1 && j == 1) error("stop"); d += 12 / i }
                } catch (e) { printf("%d: %s\\n", i, e); if (i == 1) break }
              }
              println(i, " ", d)
              exit()
            }""", """
            0: division by 0
            1: stop
            1 -42
            """);

    private static final Case PRINTF = of("printf", """
            global n = 255, m = -3, s = "text", w = 9
            probe begin {
              printf("%d %i %u %x %X %o %p %c %s %%\\n", n, m, n, n, n, n, n, 65, s)
              printf("[%5d][%-5d][%05d][%+d][% d][%#x]\\n", n, n, n, n, n, n)
              printf("[%10s][%-10s][%.2s][%*d][%.*s]\\n", s, s, s, w, n, 3, s)
              printf("%u %x %d\\n", m, m, m)
              printf("%b%1b%2b|\\n", 0x4142434445464748, 0x49, 0x4a4b)
              printf("no argument\\n")
              exit()
            }""", """
            255 -3 255 ff FF 377 0xff A text %
            [255  ][255  ]""".replace("[255  ][255  ]", "[  255][255  ]") + """
            [00255][+255][ 255][0xff]
            [      text][text      ][te][      255][tex]
            18446744073709551613 fffffffffffffffd -3
            HGFEDCBAIKJ|
            no argument
            """);

    private static final Case PRINTS = of("print, println, printd, printdln and sprint", """
            global n = 7, s = "x"
            probe begin {
              print(n, s); print("\\n"); println(s, n); printd(",", n, s, n); printdln(" - ", s, n)
              t = sprint(n, s, n); println(t); println(sprintln(s), sprintf("<%3d>", n))
              println(s, n, s, n, s, n, s, n, s, n)
              exit()
            }""", """
            7x
            x7
            7,x,7x - 7
            7x7
            x
            <  7>
            x7x7x7x7x7
            """);

    private static final Case STRING_CHOICE = of("strings through variables and conditions", """
            global n = 2, longer = "a text of more than sixteen bytes"
            probe begin {
              s = n > 1 ? longer : "b"
              t = n > 5 ? longer : "b"
              u = s
              s = t; t = u
              println(s, " ", t)
              if (s == "b" && t != "b") println("ok")
              for (i = 0; i < 2; i++) { swap = s; s = t; t = swap }
              println(s, " ", t)
              exit()
            }""", """
            b a text of more than sixteen bytes
            ok
            b a text of more than sixteen bytes
            """);

    private static final Case FORMATTED_STRINGS = of("strings made by sprintf", """
            global n = 42, s = "name", a
            probe begin {
              t = sprintf("%d:%s:%x", n, s, n)
              a[t] = 1
              println(t, " ", [sprintf("%d:%s:%x", 42, "name", 42)] in a, " ", strlen(t))
              u = sprintf("%-6d|%6d|%05d|%s", n, -n, n, t)
              if (u != "") println(u)
              exit()
            }""", """
            42:name:2a 1 10
            42    |   -42|00042|42:name:2a
            """);

    private static final Case LONG_STRINGS = of("strings are cut at MAXSTRINGLEN", """
            global s, a
            probe begin {
              s = "0123456789abcdef"
              for (i = 0; i < 6; i++) s = s . s
              println(strlen(s))
              a[s] = s
              println(strlen(a[s]), [s] in a)
              t = s . "more"
              println(t == s)
              exit()
            }""", """
            511
            5111
            1
            """);

    private static final Case NEXT = of("next leaves the handler", """
            global n
            function skip(x) { if (x) next; return 1 }
            probe begin { println("a"); if (n == 0) next; println("not here") }
            probe begin(1) { for (i = 0; i < 3; i++) { if (i == 1) next; println(i) } }
            probe begin(2) { println("last"); exit() }""", """
            a
            0
            last
            """);
}
