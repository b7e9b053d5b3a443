package org.jstap.runtime.kernel;

import static org.jstap.runtime.kernel.Cases.of;

import java.util.List;
import org.jstap.runtime.kernel.Cases.Case;

/**
 * Cases of {@link Cases} that ask in the middle of a handler what was matched. {@code kernel_string2()} reads memory, which the host
 * cannot do for the kernel; so what comes before it has to be done there.
 */
final class MatchCases {
    private MatchCases() { }

    static final Case GROUPS = of("groups of the last match", """
            global seen
            function number(s) { if (s =~ "([0-9]+)") return strtol(matched(1), 10); return -1 }
            function last() { return "<" . matched_str() . ">" }
            probe begin {
              if ("key = value;" =~ "([a-z]+) = ([a-z]+)") seen[matched(1)] = matched(2) . kernel_string2(0, "!")
              printf("%s %d\\n", seen["key"], ngroups())
              d = "2024-02-29T12:34:56"
              if (d =~ "^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9:]+)$") printf("%s/%s/%s %s %d\\n", matched(3), matched(2), matched(1), matched(4), ngroups())
              println(number("size 42kB") + number("none") + number("7 of 9"), kernel_string2(0, "."))
              if ("b" =~ "^(a)?(b)$") printf("[%s][%s][%s] %d\\n", matched(0), matched(1), matched(2), ngroups())
              if ("ac" =~ "^a(b|(c))$") printf("[%s][%s][%s]\\n", matched(0), matched(1), matched(2))
              if ("xaaay" =~ "(a*)(a*)y" && "abcab" =~ "((ab)|(c))+") println(matched(0), ",", matched(1), ",", matched(2), ",", matched(3), last())
              if ("" =~ "()|(a)") println("<", matched(0), matched(1), matched(2), ">", ngroups(), kernel_string2(0, "."))
              if ("xxabcd" =~ "a|ab|abc") println(last(), kernel_string2(0, "."))
              exit()
            }""", """
            value! 3
            29/02/2024 12:34:56 5
            48.
            [b][][b] 3
            [ac][c][c]
            abcab,ab,ab,c<abcab>
            <>3.
            <abc>.
            """);

    static final Case MISTAKES = of("groups that are not there", """
            function third(n) { try { return matched(n) } catch (e) { return "[" . e . "]" } }
            function many() { try { return ngroups() } catch (e) { println(e); return -1 } }
            probe begin {
              println(third(0), many(), kernel_string2(0, ""))
              if ("abc" =~ "a(b)c") println(matched(1), third(1), third(2), third(-1), many())
              println(third(1), many(), kernel_string2(0, ""))
              if ("abc" !~ "x(y)z") println(third(0), many(), kernel_string2(0, ""))
              try { if ("q" =~ "(q)(q)?") println(matched(2), "|", matched(3)) } catch (e) { println(e) }
              if ("abc" =~ "x(y)z") println("not here")
              try { println(matched(0)) } catch (e) { println(e) }
              try { println(matched_str()) } catch (e) { println(e) }
            }
            probe begin(1) { println(third(0)); exit() }
            """, """
            Attempted to get subexpression count from failed match
            [Attempted to get subexpression 0 from failed match]-1
            bb[Attempted to get nonexistent subexpression 2][Attempted to get nonexistent subexpression -1]2
            b2
            Attempted to get subexpression count from failed match
            [Attempted to get subexpression 0 from failed match]-1
            Attempted to get nonexistent subexpression 3
            Attempted to get subexpression 0 from failed match
            Attempted to get subexpression 0 from failed match
            [Attempted to get subexpression 0 from failed match]
            """);

    static final Case LOOPS = of("matches in loops", """
            global words, lengths
            probe begin {
              rest = "one=1, two=22,three=333 ,four"
              while (rest =~ "^[ ,]*([a-z]+)(=([0-9]+))?(.*)$") {
                words[matched(1)] = strtol(matched(3), 10)
                rest = matched(4)
                if (rest == "") break
              }
              foreach (w in words) { total += words[w]; if (w =~ "(.)(.)$") lengths[matched(2) . matched(1)]++ }
              for (i = 0; i < 4; i++) {
                if (i % 2 == 0) found = sprint(i) =~ "(2)"
                try { line = line . matched(found ? i - 1 : 0) . ";" } catch (e) { line = line . "-;" }
              }
              println(total, " ", lengths["en"], lengths["ow"], lengths["ee"], lengths["ru"], " ", line, kernel_string2(0, "."))
              if (kernel_string2(0, "tail") =~ "t(.)(.)") for (i = 0; i < ngroups(); i++) print(matched(i), i < 2 ? "-" : "\\n")
              exit()
            }""", """
            356 1111 -;-;2;-;.
            tai-a-i
            """);

    static final Case LONG = of("groups of long texts and of many", """
            probe begin {
              for (i = 0; i < 9; i++) text = text . "abcdefghijklmnopqrstuvwxyz0123456789 ---------------------"
              if (text . "END" =~ "^(.*)( -+)(.*)$") printf("%d %d [%s]\\n", strlen(matched(1)), strlen(matched(2)), matched(3))
              if (text =~ "[0-9]+ (-+)$") printf("%d [%s]\\n", strlen(matched(0)), matched(1))
              if (kernel_string2(0, "abcdefghijklmnopqrstuvwxyz") =~ "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)(l)(m)(n)(o)(p)(q)(r)(s)(t)")
                println(matched(13), matched(14), matched(15), matched(20), matched(1), ngroups())
              if ("\\377\\200x" =~ "([\\200-\\377]+)") println(strlen(matched(1)))
              exit()
            }""", """
            500 11 []
            21 [----------]
            mnota21
            2
            """);

    static List<Case> all() {
        return List.of(GROUPS, MISTAKES, LOOPS, LONG);
    }
}
