package org.jstap.runtime.kernel;

import static org.jstap.runtime.kernel.Cases.of;

import org.jstap.runtime.kernel.Cases.Case;

/** The cases of {@link Cases} that look into strings, or leave a part of a handler to the host. */
final class MoreCases {
    private MoreCases() { }

    static final Case STRING_SEARCH = of("looking into strings", """
            global k = "hello world!"
            function both(x) { return strtol(x, 0) * 100 + strtol(x, 16) }
            probe begin {
              s = k
              if (strpos(s, "world") == 6 && strpos(s, "worlds") == -1 && isinstr(s, "!") && !isinstr(s, "?")) println("found")
              u = substr(s, 6, 3)
              println(u == "wor", substr(s, 6, 100) == "world!", substr(s, 100, 3) == "", substr(s, -1, 2) == "", substr(s, 2, -1) == "")
              k = "-0x1F"; a = strtol(k, 0); k = "zz"; b = strtol(k, 36); k = "0xg"; c = strtol(k, 16)
              k = "0x10"; d = both(k); k = "77"; e = both(k); k = " 9"; f = both(k); k = "+1"; g = both(k)
              if (a) printf("%d %d %d %d %d %d %d\\n", a, b, c, d, e, f, g)
              for (i = 0; i < 4; i++) { w = substr(s, i, 2); if (strpos(w, "l") >= 0) println(w, stringat(s, i)) }
              try { q = stringat(s, 12); println(q) } catch (m) { println(m) }
              r = randint(10); println(r >= 0 && r < 10, randint(0))
              exit()
            }""", """
            found
            11111
            -31 0 0 1616 7819 0 0
            el101
            ll108
            lo108
            Position out of bounds
            10
            """);

    static final Case LONG_FORMATS = of("long strings made by formats", """
            global k = "0123456789", n = 7
            probe begin {
              for (i = 0; i < 6; i++) k .= k
              a = sprint(n, k); printf("%d %s\\n", strlen(a), substr(a, 507, 4))
              b = sprintf("%s-%d", substr(k, 0, 400) . "x", n); printf("%d %s\\n", strlen(b), substr(b, 399, 4))
              c = sprintf("%d%x%s%d", n, -1, k, n); printf("%d %s\\n", strlen(c), substr(c, 507, 4))
              h = substr(k, 0, 300); d = sprintf("%s|%s", h, h); printf("%d %s\\n", strlen(d), substr(d, 298, 5))
              e = sprintf("%d%d%d%d%d%d%d%d%d%d%d%d%d<%s>", n, n, n, n, n, n, n, n, n, n, n, n, n, substr(h, 0, 2)); println(e)
              a = sprint(a); a = sprintf("%s", a); println(strlen(a))
              exit()
            }""", """
            511 6789
            403 9x-7
            511 0123
            511 89|01
            7777777777777<01>
            511
            """);

    static final Case HOST_STRINGS = of("strings that only the host makes wait until they are needed", """
            global k = 2
            probe begin {
              s = errno_str(k) . "!"
              if (k == 2) { k = 3; t = s . "?" } else t = ""
              k = 4
              u = errno_str(k); k++; v = u; u = "x"
              println(s, t, u, v, k)
              for (i = 0; i < 3; i++) { y = errno_str(i + 1); if (i == 2) break; z = y }
              println(y, z)
              exit()
            }""", """
            ENOENT!ENOENT!?xEINTR5
            ESRCHENOENT
            """);

    static final Case PATTERNS = of("patterns are searched for", """
            global k
            function found(s) {
              r = ""
              if (s =~ "^a+b") r .= "1"
              if (s =~ "b$") r .= "2"
              if (s =~ "[0-9]{2,3}") r .= "3"
              if (s !~ "x|yz") r .= "4"
              if (s =~ "^$") r .= "5"
              if (s =~ "") r .= "6"
              if (s =~ "[^ -~]") r .= "7"
              return r
            }
            probe begin {
              k = "aaab"; println(found(k)); k = "b"; println(found(k)); k = "12x"; println(found(k)); k = ""; println(found(k))
              k = "ayz 123"; println(found(k)); k = "\\xff"; println(found(k)); println("lit" =~ "i")
              exit()
            }""", """
            1246
            246
            36
            456
            36
            467
            1
            """);

    static final Case WRAPPING = of("a full wrapping array drops what came first", """
            global a%[3], s%[2]
            probe begin {
              for (i = 0; i < 20; i++) { a[i % 7, "k"] += i; s[i % 5, ""] = "x" }
              println([2, "k"] in a, [3, "k"] in a, [4, "k"] in a, [5, "k"] in a, [6, "k"] in a, a[5, "k"], a[4, "k"])
              a[4, "k"]++; a[9, "l"] = 1
              println([3, "k"] in a, [4, "k"] in a, [5, "k"] in a, [3, ""] in s, [4, ""] in s, [0, ""] in s, s[4, ""])
              exit()
            }""", """
            011101918
            011110x
            """);

    static final Case BLOCKS = of("what eBPF cannot do is done by the host, in order", """
            function factorial(n) { if (n <= 1) return 1; return n * factorial(n - 1) }
            probe begin { println("first"); x = 3; y = x * 2; println(factorial(y), " ", x); if (y > 5) println(str_replace("aXb", "X", "-"), y) }
            probe begin(1) {
              for (i = 0; i < 4; i++) { if (i % 2) println(i, " ", str_replace("x", "x", sprint(i * i))); else println("even") }
              try { println(1 / strlen(str_replace("y", "y", ""))) } catch (e) { println(e) }
            }
            probe begin(2) { if ("key=value" =~ "^(.*)=(.*)$") println(matched(2), " of ", matched(1)); println(ngroups()); exit() }""", """
            first
            720 3
            a-b6
            even
            1 1
            even
            3 9
            division by 0
            value of key
            3
            """);

    static final Case LOG_AND_PRINT = of("log is output with a line end", """
            probe begin { log("one"); print("two"); log(""); exit() }""", """
            one
            two
            """);

    static final Case SHARED_ARRAYS = of("arrays of the kernel part that the host iterates and deletes", """
            global a, b, n
            probe begin {
              for (i = 0; i < 6; i++) { a[i * 7 % 6] = i; b["k" . sprint(i % 3)] += i }
              foreach (k in a) printf("%d=%d ", k, a[k])
              foreach (m in b- limit 2) printf("%s=%d ", m, b[m])
              foreach (k+ in a) n += k * a[k]
              delete a
              a[9] = 1
              println(n)
            }
            probe begin(1) { a[2] = 2; if (a[9] == 1) b["k2"] = 0; foreach (k in a) println(k); foreach (m in b) println(m, b[m]); exit() }
            """, """
            0=0 1=1 2=2 3=3 4=4 5=5 k2=7 k1=5 55
            9
            2
            k20
            k15
            k03
            """);

    static final Case READ_STATISTICS = of("statistics that the kernel part reads, because it needs what they say", """
            global s, t
            probe begin {
              c = @count(s) + @sum(s)
              try { c = @avg(s) } catch (e) { }
              for (i = -3; i <= 5; i++) { s <<< i * 3; t[i & 1, "x"] <<< i - 4 }
              sc = @count(s); ss = @sum(s); si = @min(s); sx = @max(s); sa = @avg(s)
              tc = @count(t[1, "x"]); ts = @sum(t[1, "x"]); ti = @min(t[1, "x"]); tx = @max(t[1, "x"]); ta = @avg(t[1, "x"])
              there = [1, "x"] in t; other = [2, "x"] in t
              delete t[1, "x"]
              try { c = @max(t[1, "x"]) } catch (f) { }
              delete s
              sd = @count(s); td = @count(t[1, "x"]); t0 = @sum(t[0, "x"])
              try { c = kernel_long(c & 7) } catch { c++ }
              if (c) printf("%s %d %d %d %d %d\\n", e, sc, ss, si, sx, sa)
              printf("%s %d %d %d %d %d\\n%d %d %d %d %d\\n", f, tc, ts, ti, tx, ta, there, other, sd, td, t0)
              exit()
            }""", """
            empty aggregate 9 27 -9 15 3
            empty aggregate 5 -15 -7 1 -3
            1 0 0 0 -12
            """);

    static final Case READ_ON_BOTH_SIDES = of("statistics that both sides read and change", """
            global s, t
            function memory(n) { try { return n + kernel_long(n & 7) } catch { return n } }
            probe begin {
              s <<< 4; t["a"] <<< 1
              if (@count(s) > 0) s <<< @sum(s)
              if (memory(@count(t["a"])) != 1) println("wrong")
            }
            probe begin(1) {
              println(str_replace("host", "x", ""))
              s <<< 10; t["b"] <<< 7; t["a"] <<< -3
              println(@count(s), " ", @sum(s), " ", @min(s), " ", @max(s), " ", @variance(s))
              print(@hist_linear(s, 0, 20, 5))
              foreach (k in t) println(k, " ", @count(t[k]), " ", @min(t[k]))
              delete t["b"]
            }
            probe begin(2) { b = @count(t["b"]); a = @count(t["a"]); c = memory(@count(s)); delete t["a"]; println(b, a, c) }
            probe begin(3) { println(str_replace("host", "x", "")); println("a" in t); delete s }
            probe begin(4) { println(memory(@count(s))); s <<< -8; println(memory(@min(s))); exit() }""", """
            host
            3 18 4 10 12
            value |-------------------------------------------------- count
                0 |@@                                                 2
                5 |                                                   0
               10 |@                                                  1
               15 |                                                   0
               20 |                                                   0

            a 2 -3
            b 1 7
            023
            host
            0
            0
            -8
            """);

    static final Case SHARED_STATISTICS = of("statistics of the kernel part that the host reads", """
            global s, t, u
            probe begin {
              for (i = -3; i <= 5; i++) { s <<< i * 3; t[i & 1, "x"] <<< i }
              println(@count(s), " ", @sum(s), " ", @min(s), " ", @max(s), " ", @avg(s), " ", @variance(s))
              u = @count(t[1, "x"])
            }
            probe begin(1) {
              foreach ([a, b] in t @sum-) printf("%d %s %d %d\\n", a, b, @count(t[a, b]), @sum(t[a, b]))
              println(u)
              s <<< 100
              print(@hist_linear(s, 0, 20, 10))
              delete s
              try { println(@avg(s)) } catch (e) { println(e) }
              exit()
            }""", """
            9 27 -9 15 3 129
            1 x 5 5
            0 x 4 4
            5
            value |-------------------------------------------------- count
               <0 |@@@                                                3
                0 |@@@@                                               4
               10 |@@                                                 2
               20 |                                                   0
              >20 |@                                                  1

            empty aggregate
            """);

    static final Case BLOCK_IN_BRANCH = of("a block in a branch leaves the rest in the kernel", """
            global a, n
            probe begin {
              a["one"] = 1; a["two"] = 2
              n = 2
              if (n == 2) { m = n + 40; foreach (k in a-) println(k, m) }
              n += 5
              if (n == 7) println("kernel ", n)
              exit()
            }""", """
            two42
            one42
            kernel 7
            """);

    static final Case WRAPPING_STATISTICS = of("wrapping arrays of statistics", """
            global s%[3]
            probe begin {
              for (i = 0; i < 20; i++) s[i % 5] <<< i
              foreach (k+ in s) println(k, " ", @count(s[k]), " ", @sum(s[k]))
              exit()
            }""", """
            2 1 17
            3 1 18
            4 1 19
            """);

    static final Case ESCAPES = of("text with escapes, cut between whole ones", """
            global k = "a\\"b\\\\\\n\\1~"
            probe begin {
              q = string_quoted(k); t = text_str(k)
              if (q != t) println(q, t, strlen(q), strlen(t))
              s = "\\1x"
              for (i = 0; i < 7; i++) s = s . s
              q = string_quoted(s); t = text_str(s)
              println(strlen(q), substr(q, 500, 20), " ", strlen(t), substr(t, 500, 20))
              exit()
            }""", """
            "a\\"b\\\\\\n\\001~"a\\"b\\\\\\n\\001~1513
            510x\\001x"... 510\\001x\\001x
            """);

    static final Case FORMATS_OF_THE_KERNEL = of("what the kernel refuses in formats", """
            global s, t, u, v, w = "0123456789"
            probe begin {
              s = sprintf("%sp%d", w, 3); t = sprintf("%5sx%sy%%", w, w); u = sprintf("\\033[1m%d\\033[0m", strlen(w))
              v = sprintf("ä%s%sÖ%dß\\t\\1", w, w, 7)
              if (s != t && u != v) println(s, "|", t, "|", strlen(u), substr(u, 1, 4), "|", v, strlen(v))
              exit()
            }""", """
            0123456789p3|0123456789x0123456789y%|10[1m1|ä01234567890123456789Ö7ß\t\u000126
            """);

    static final Case NAMES_OF_FILES = of("names of numbers that file systems use", """
            global k = 33188
            probe begin {
              println(ftype(k), " ", ftype(040755), " ", ftype(0), " ", nfs3_cmode(1), " ", nfs3_cmode(9), " ", nfs4_ctype(2))
              exit()
            }""", """
            0100644 (ISREG) 040755 (ISDIR) 00 (Unknown) GUARDED Bad Value(9) NF4DIR
            """);
}
