package org.jstap.runtime.kernel;

import static org.jstap.runtime.kernel.Cases.of;

import java.util.List;
import org.jstap.runtime.kernel.Cases.Case;

/**
 * Cases of {@link Cases} that go through arrays in the middle of a handler. {@code kernel_string2()} reads memory, which the host
 * cannot do for the kernel; so what comes before it has to be done there.
 */
final class WalkCases {
    private WalkCases() { }

    static final Case ORDERS = of("loops over arrays in every order", """
            global a, b, end
            probe begin {
              a["x"] = 3; a["y"] = 5; a["a"] = 4; a["a name that is longer than sixteen bytes"] = 1; a["Y"] = -5
              b[1, "q"] = 7; b[2, "q"] = 8; b[3, "w"] = 9; b[2, "w"] = 10
            }
            probe begin(1) {
              foreach (s in a) n += a[s]
              foreach (v = s in a) printf("%s=%d ", s, v)
              foreach (s in a-) printf("%s ", s)
              println("|")
              foreach (s in a+ limit 2) printf("%s ", s)
              foreach (s+ in a) printf("%s ", s)
              foreach (s- in a limit n / 4) printf("%s ", s)
              foreach (s in a limit 0) println("none")
              foreach ([k, s] in b[*, "q"]) printf("%d%s ", k, s)
              foreach ([k+, s] in b) printf("%d%s ", k, s)
              foreach ([k, s-] in b[2, *]) printf("%d%s=%d ", k, s, b[k, s])
              foreach (v = [k-, s] in b[*, *] limit 3) printf("%d%s=%d ", k, s, v)
              foreach ([k, s] in b[4, *]) println("none")
              end = kernel_string2(0, "end")
              println(end, n)
              exit()
            }""", """
            x=3 y=5 a=4 a name that is longer than sixteen bytes=1 Y=-5 y a x a name that is longer than sixteen bytes Y |
            Y a name that is longer than sixteen bytes Y a a name that is longer than sixteen bytes x y y x 1q 2q 1q 2q 2w 3w 2w=10 2q=8 3w=9 2w=10 2q=8 end8
            """);

    static final Case WAYS_OUT = of("ways out of loops over arrays", """
            global a, b, left
            function first(most) { foreach (k in a) { if (a[k] > most) return k } return -1 }
            function all() { foreach (k in a) { foreach (j in b-) { if (j && j == k) return n; if (b[j] < 3) break; n += j } } return n + 1000 }
            probe begin {
              for (i = 0; i < 5; i++) { a[i * 10] = i; b[i] = i }
              println(first(2), " ", first(7), kernel_string2(0, ""))
              foreach (k in a) { if (k == 10) continue; if (k > 30) break; printf("%d ", k) }
              foreach (k in a) foreach (j in b) { if (j > 1) break; n += k * j }
              println(n, kernel_string2(0, ""))
              foreach (k in a) try { foreach (j in b) m += 100 / (j - 2) } catch (e) { printf("%s %d;", e, m) }
              println(kernel_string2(0, ""))
              println(all(), kernel_string2(0, ""))
              foreach (k in a) { left += k; if (k > 10) { println(kernel_string2(0, "left")); next } }
              println("unreached")
            }
            probe begin(1) { foreach (k in b) s += k; println(left, " ", s, kernel_string2(0, "!")); exit() }
            """, """
            30 -1
            0 20 30 100
            division by 0 -150;division by 0 -300;division by 0 -450;division by 0 -600;division by 0 -750;
            1035
            left
            30 10!
            """);

    static final Case DELETIONS = of("deleting and asking by parts of a key", """
            global b, w%[3], t, total
            probe begin {
              b[1, "q"] = 7; b[2, "q"] = 8; b[3, "w"] = 9; b[2, "w"] = 10
              println([*, "w"] in b, [9, *] in b, [*, *] in b, [3, *] in b, kernel_string2(0, ""))
              delete b[*, "w"]
              foreach ([k, s] in b) printf("%d%s ", k, s)
              delete b[1, *]
              foreach ([k, s] in b) printf("%d%s ", k, s)
              delete b
              println([*, *] in b, kernel_string2(0, "."))
              b[5, "z"] = 1; b[4, "z"] = 2
              foreach ([k, s] in b) printf("%d%s ", k, s)
              for (i = 0; i < 5; i++) w[i] = i * i
              foreach (k in w) printf("%d=%d ", k, w[k])
              foreach (k- in w) total += k
              w[7] = 49
              foreach (k in w) total += k * 100
              println(total, kernel_string2(0, "."))
              exit()
            }""", """
            1011
            1q 2q 2q 0.
            5z 4z 2=4 3=9 4=16 1209.
            """);

    static final Case STATISTICS = of("statistics in the middle of a handler", """
            global t, one, w%[2]
            probe begin {
              t[1] <<< 4; t[1] <<< 10; t[2] <<< 1; t[3] <<< 100; t[3] <<< 2; t[3] <<< 3; t[4] <<< -7; t[4] <<< -9; one <<< 5; one <<< 9
              foreach (k in t @sum-) printf("%d:%d,%d,%d ", k, @sum(t[k]), @avg(t[k]), @variance(t[k]))
              foreach (k in t @avg+) printf("%d:%d ", k, @min(t[k]))
              foreach (k in t-) printf("%d:%d ", k, @count(t[k]))
              foreach (k in t @max- limit 2) printf("%d ", k)
              println(@variance(one), kernel_string2(0, ""))
              delete t[1]; delete one
              foreach (k+ in t) n += @count(t[k])
              delete t
              t[7] <<< 1
              foreach (k in t) println(k, " ", n, " ", @count(one), kernel_string2(0, ""))
              for (i = 0; i < 4; i++) w[i] <<< i
              foreach (k in w @max+) m = m * 10 + @sum(w[k])
              println(m, kernel_string2(0, ""))
              exit()
            }""", """
            3:105,35,3169 1:14,7,18 2:1,1,0 4:-16,-8,2 4:-9 2:1 1:4 3:2 3:3 4:2 1:2 2:1 3 1 8
            7 6 0
            23
            """);

    static final Case BRANCHES = of("what only one way of a branch needs the host for", """
            global a
            probe begin {
              for (i = 0; i < 3; i++) {
                if (i == 1) x = kernel_string2(0, "none"); else x = errno_str(i + 1) . "!"
                y = x . "?"
                println(i, y)
              }
              a["p"] = 1; a["q"] = 2
              foreach (k in a-) {
                try { x = kernel_string2(0, k) . errno_str(a[k]) } catch { x = k }
                println(x)
              }
              exit()
            }""", """
            0EPERM!?
            1none?
            2ESRCH!?
            qENOENT
            pEPERM
            """);

    static final Case LARGE = of("more elements than a walk keeps", """
            global a
            probe begin {
              for (i = 0; i < 300; i++) a[(i * 7) % 300] = i
              foreach (k in a) s = (s * 31 + a[k] * 7 + k) % 1000003
              foreach (v = k in a-) t = (t * 31 + v * 7 + k) % 1000003
              foreach (k+ in a limit 250) u = (u * 31 + a[k]) % 1000003
              println(s, " ", t, " ", u, kernel_string2(0, ""))
              exit()
            }""", "786350 198974 581073\n");

    static List<Case> all() {
        return List.of(ORDERS, WAYS_OUT, DELETIONS, STATISTICS, BRANCHES, LARGE);
    }
}
