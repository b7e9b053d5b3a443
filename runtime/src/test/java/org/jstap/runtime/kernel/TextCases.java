package org.jstap.runtime.kernel;

import static org.jstap.runtime.kernel.Cases.of;

import java.util.List;
import org.jstap.runtime.kernel.Cases.Case;

/** The cases of {@link Cases} in which the kernel makes texts that the host could make as well. They are kept in globals, not printed at once. */
final class TextCases {
    private TextCases() { }

    static List<Case> all() {
        return List.of(CONVERSIONS, PADDED_TEXTS, NUMBERS_OF_ALL_SIZES, SEARCHES, REPLACED, TOKENS, ESCAPED, UNICODE, NAMES, NAMES_ON_THE_HOST);
    }

    private static final Case CONVERSIONS = of("strings made by all conversions of numbers", """
            global r, n = 42, m = -42, z, w = 7, p = 4
            probe begin {
              r = sprintf("%.3d|%.3d|%5.3d|%-6.3d|%06.3d", n, m, n, m, n); println(r)
              r = sprintf("%*d|%-*d|%0*d|%*d", w, n, w, m, w, m, m, n); println(r)
              r = sprintf("%.*d|%*.*d|%.*d", p, n, w, p, m, m, n); println(r)
              r = sprintf("%+d|% d|%+5d|%+05d|%+d|%+.3d|% .3d", n, n, n, n, m, n, n); println(r)
              r = sprintf("%#x|%#X|%p|%#8x|%#08x|%#.4x|%12p|%-12p|", n, n, n, n, n, n, n, n); println(r)
              r = sprintf("%o|%#o|%o|%#o|%6o|%-6o|%06o|%#6o|%.4o", n, n, z, z, n, n, n, n, n); println(r)
              r = sprintf("%X|%4X|%04X|%.4X|%u|%.3u|%#u|%#d", n, n, n, n, n, n, n, n); println(r)
              r = sprintf("%c%5c|%-5c|%*c|%-*c|", n, n, n, w, n, w, n); println(r)
              r = sprintf("\\033[%dm%s\\033[0m\\001", n, "x"); println(strlen(r), substr(r, 1, 5))
              exit()
            }""", """
            042|-042|  042|-042  |000042
                 42|-42    |-000042|42
            0042|  -0042|42
            +42| 42|  +42|  +42|-42|+042| 042
            0x2a|0X2A|0x2a|    0x2a|    0x2a|0x002a|        0x2a|0x2a        |
            52|052|0|00|    52|52    |000052|   052|0052
            2A|  2A|002A|002A|42|042|42|42
            *    *|*    |      *|*      |
            11[42mx
            """);

    private static final Case PADDED_TEXTS = of("strings of a width and a precision", """
            global r, s = "hello", w = 8, p = 3, m = -1, long_one = "0123456789"
            probe begin {
              r = sprintf("%.3s|%8s|%-8s|%8.3s|%-8.3s|%.0s|%.9s", s, s, s, s, s, s, s); println(r)
              r = sprintf("%*s|%-*s|%.*s|%*.*s|%.*s|%*s", w, s, w, s, p, s, w, p, s, m, s, m, s); println(r)
              for (i = 0; i < 6; i++) long_one .= long_one
              r = sprintf("%600s", s); println(strlen(r), r == substr(sprintf("%600s", ""), 0, 511))
              r = sprintf("%-600s|", s); println(strlen(r), substr(r, 0, 6))
              r = sprintf("%*s", w * 100, s); println(strlen(r))
              r = sprintf("%.400s%.400s", long_one, long_one); println(strlen(r), substr(r, 508, 3))
              r = sprintf("%10s%d%10s", "a", w, "b"); println(r)
              s = sprintf("%7s", s); println(s)
              s = sprintf("%.*s", w - 3, s); println(s)
              exit()
            }""", """
            hel|   hello|hello   |     hel|hel     ||hello
               hello|hello   |hel|     hel||hello
            5111
            511hello\s
            511
            511890
                     a8         b
              hello
              hel
            """);

    private static final Case NUMBERS_OF_ALL_SIZES = of("octal and signed numbers of all sizes", """
            global r, low = -9223372036854775807, one = 1
            probe begin {
              low--
              for (i = 0; i < 64; i += 7) { r = sprintf("%o %#o", one << i, (one << i) - 1); println(r) }
              r = sprintf("%o %o %+.1d %21d %.20d", low, -1, low, low, low); println(r)
              r = sprintf("%#x %#X %p %.17x %u", -1, low, -1, -1, low); println(r)
              exit()
            }""", """
            1 00
            200 0177
            40000 037777
            10000000 07777777
            2000000000 01777777777
            400000000000 0377777777777
            100000000000000 077777777777777
            20000000000000000 017777777777777777
            4000000000000000000 03777777777777777777
            1000000000000000000000 0777777777777777777777
            1000000000000000000000 1777777777777777777777 -9223372036854775808  -9223372036854775808 -09223372036854775808
            0xffffffffffffffff 0X8000000000000000 0xffffffffffffffff 0ffffffffffffffff 9223372036854775808
            """);

    private static final Case SEARCHES = of("searching for any string", """
            global s = "one two twotwo", r, empty, n
            function look(a, b) { n = strpos(a, b); r = sprintf("%d %d", n, isinstr(a, b)); println(r) }
            probe begin {
              look(s, "two"); look(s, "twot"); look(s, "x"); look(s, empty); look(empty, s); look(empty, empty); look(s, s)
              t = s . "!"; look(s, t); look(t, s); look("aaab", substr("xaab", 1, 3)); look("abcabd", substr("abd", 0, n + 3))
              for (i = 0; i < 6; i++) s .= s
              t = substr(s, 500, 20); look(s, t); look(s, t . "?")
              exit()
            }""", """
            4 1
            8 1
            -1 0
            0 1
            -1 0
            0 1
            0 1
            -1 0
            0 1
            1 1
            3 1
            10 1
            -1 0
            """);

    private static final Case REPLACED = of("strings with something else in them", """
            global r, s = "one two twotwo", two = "two", empty, long_one = "0123456789"
            probe begin {
              r = str_replace(s, two, "2"); println(r)
              r = str_replace(s, "two", s); println(r)
              r = str_replace(s, empty, "x"); println(r)
              r = str_replace(s, "o", empty); println(r)
              r = str_replace(empty, "o", s); println("[", r, "]")
              r = str_replace(s, "onee", "x"); println(r)
              r = str_replace("aaaa", "aa", two); println(r)
              s = str_replace(s, s, two . two); println(s)
              two = str_replace(two, "t", two); println(two)
              for (i = 0; i < 6; i++) long_one .= long_one
              r = str_replace(long_one, "9", "xyz"); println(strlen(r), substr(r, 500, 11))
              r = str_replace(long_one, "0123456789", ""); println(strlen(r), r)
              r = str_replace(long_one, "1", long_one); println(strlen(r), substr(r, 505, 6))
              exit()
            }""", """
            one 2 22
            one one two twotwo one two twotwoone two twotwo
            one two twotwo
            ne tw twtw
            []
            one two twotwo
            twotwo
            twotwo
            twowo
            5118xyz0123456
            10
            511456789
            """);

    private static final Case TOKENS = of("strings taken apart", """
            global r, s = "one two,,three ", d = ", ", n, count
            probe begin {
              for (r = tokenize(s, " "); r != ""; r = tokenize(" ")) { println("[", r, "]"); count++ }
              for (r = tokenize(s, d); r != ""; r = tokenize(d)) { println("<", r, ">"); count++ }
              r = tokenize("", " "); println(strlen(r)); r = tokenize(" "); println(strlen(r))
              r = tokenize(",,,", d); println(strlen(r)); r = tokenize("abc", ""); println(r)
              r = tokenize("abc", "abc"); println(strlen(r))
              r = tokenize("a=b c", "="); t = tokenize(" "); u = tokenize("x"); n = strlen(t . u); println(r, t, u, n)
              s = tokenize(s, s); println(strlen(s), count)
              exit()
            }""", """
            [one]
            [two,,three]
            <one>
            <two>
            <three>
            0
            0
            0
            abc
            0
            abc2
            05
            """);

    private static final Case ESCAPED = of("text with escapes, of a length", """
            global r, s = "ab\\"c\\td\\001e", n, q, long_one = "\\001\\"23456789"
            probe begin {
              for (n = -1; n < 20; n++) { for (q = 0; q < 2; q++) { r = text_strn(s, n, q); print(r, " ") } println(n) }
              r = text_strn(s, 8, 1); println(r); r = text_strn(s, 8, 0); println(r); r = text_strn("", 1, 1); println(r)
              r = text_strn("", 0, q); println(r)
              for (i = 0; i < 6; i++) long_one .= long_one
              r = text_strn(long_one, 1000, 1); println(strlen(r), substr(r, 495, 16)); r = text_strn(long_one, n, 0); println(strlen(r))
              r = string_quoted(long_one); println(strlen(r), substr(r, 495, 16)); r = text_str(long_one); println(strlen(r))
              for (i = 0; i < 9; i++) { long_one = substr(long_one, 1, 511); r = string_quoted(long_one); print(strlen(r), substr(r, 504, 16), " ") }
              exit()
            }""", """
            ab\\"c\\td\\001e "ab\\"c\\td\\001e" -1
            ab\\"c\\td\\001e "ab\\"c\\td\\001e" 0
            a ""... 1
            ab ""... 2
            ab ""... 3
            ab\\" ""... 4
            ab\\"c ""... 5
            ab\\"c "a"... 6
            ab\\"c\\t "ab"... 7
            ab\\"c\\td "ab"... 8
            ab\\"c\\td "ab\\""... 9
            ab\\"c\\td "ab\\"c"... 10
            ab\\"c\\td "ab\\"c"... 11
            ab\\"c\\td\\001 "ab\\"c\\t"... 12
            ab\\"c\\td\\001e "ab\\"c\\td"... 13
            ab\\"c\\td\\001e "ab\\"c\\td"... 14
            ab\\"c\\td\\001e "ab\\"c\\td\\001e" 15
            ab\\"c\\td\\001e "ab\\"c\\td\\001e" 16
            ab\\"c\\td\\001e "ab\\"c\\td\\001e" 17
            ab\\"c\\td\\001e "ab\\"c\\td\\001e" 18
            ab\\"c\\td\\001e "ab\\"c\\td\\001e" 19
            "ab"...
            ab\\"c\\td
            ""
            ""
            509\\"23456789"...
            20
            509\\"23456789"...
            511
            5111\\""... 511"23"... 511234"... 511345"... 511456"... 511567"... 511678"... 511789"...\s51089"...\s\
            """);

    /** The same names, made of the same table, in a part that the host does. */
    private static final Case UNICODE = of("characters of UTF-8, and what is none", """
            global r, n, s = "a\\303\\251\\342\\202\\254\\360\\237\\230\\200\\355\\237\\277\\364\\217\\277\\277z"
            global bad = "\\300\\200\\341x\\355\\240\\200\\360\\217\\277\\277\\364\\220\\200\\200\\200\\377\\342\\202"
            probe begin {
              r = text_str(s); println(r); r = string_quoted(s); println(r); r = text_str(bad); println(r)
              r = string_quoted("\\342\\202\\254x"); println(r); r = text_str("x\\360\\237\\230\\200"); println(r)
              for (n = 4; n < 20; n++) { r = text_strn(s, n, 1); print(r, " "); r = text_strn(s, n, 0); println(r) }
              for (n = 0; n < 12; n++) bad .= s
              for (n = 0; n < 12; n++) { r = string_quoted(bad); println(substr(r, 480, 99)); bad = "x" . bad }
              exit()
            }""", """
            a\\u00E9\\u20AC\\U0001F600\\uD7FF\\U0010FFFFz
            "a\\u00E9\\u20AC\\U0001F600\\uD7FF\\U0010FFFFz"
            \\300\\200\\341x\\355\\240\\200\\360\\217\\277\\277\\364\\220\\200\\200\\200\\377\\342\\202
            "\\u20ACx"
            x\\U0001F600
            ""... a
            ""... a
            "a"... a
            "a"... a\\u00E9
            "a"... a\\u00E9
            "a"... a\\u00E9
            "a"... a\\u00E9
            "a"... a\\u00E9
            "a\\u00E9"... a\\u00E9
            "a\\u00E9"... a\\u00E9\\u20AC
            "a\\u00E9"... a\\u00E9\\u20AC
            "a\\u00E9"... a\\u00E9\\u20AC
            "a\\u00E9"... a\\u00E9\\u20AC
            "a\\u00E9"... a\\u00E9\\u20AC
            "a\\u00E9\\u20AC"... a\\u00E9\\u20AC
            "a\\u00E9\\u20AC"... a\\u00E9\\u20AC
            9\\u20AC\\U0001F600\\uD7FF"...
            E9\\u20AC\\U0001F600\\uD7FF"...
            0E9\\u20AC\\U0001F600\\uD7FF"...
            00E9\\u20AC\\U0001F600\\uD7FF"...
            u00E9\\u20AC\\U0001F600\\uD7FF"...
            \\u00E9\\u20AC\\U0001F600"...
            a\\u00E9\\u20AC\\U0001F600"...
            za\\u00E9\\u20AC\\U0001F600"...
            Fza\\u00E9\\u20AC\\U0001F600"...
            FFza\\u00E9\\u20AC\\U0001F600"...
            FFFza\\u00E9\\u20AC\\U0001F600"...
            FFFFza\\u00E9\\u20AC"...
            """);

    private static final Case NAMES_ON_THE_HOST = of("names of numbers on the host", """
            global g = 5
            probe begin {
              t = tokenize("-"); s = substr(signal_str(g), 1, 2); println("[", t, s, errno_str(g), "]")
              exit()
            }""", """
            [RAEIO]
            """);

    private static final Case NAMES = of("names of numbers, and dates", """
            global r, n, days = 86400
            probe begin {
              for (n = -2; n < 136; n += 23) { r = errno_str(n); print(r, ",") }
              for (n = 131; n < 535; n += n == 135 ? 374 : 1) { r = errno_str(n); print(r, ",") }
              r = errno_str(41); print(r, ","); r = errno_str(-1 << 63); println(r)
              for (n = -1; n < 67; n += 3) { r = signal_str(n); print(r, " ") }
              r = signal_str(1 << 32); println(strlen(r))
              r = ctime(0); println(r); r = ctime(days * 59 - 1); println(r); r = ctime(951782400); println(r); r = ctime(-2147483648); println(r)
              r = ctime(2147483647); println(r); r = ctime(-1); println(r)
              for (n = 0; n < 14; n++) { r = ctime(n * 2674891 + 1700000000); println(r) }
              try { r = ctime(2147483648); println(r) } catch (m) { println(m) }
              try { r = ctime(-2147483649) } catch (m) { println(m) }
              r = ctime(); println(strlen(r), syscall_num("nothing"))
              exit()
            }""", """
            ENOENT,EISDIR,ECHRNG,ENOLINK,EMSGSIZE,EHOSTUNREACH,ENOTRECOVERABLE,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,
            \sINT TRAP FPE SEGV ALRM CHLD TSTP URG VTALRM IO/POLL RTMIN RTMIN+3 RTMIN+6 RTMIN+9 RTMIN+12 RTMIN+15 RTMIN+18 RTMIN+21 RTMIN+24 RTMIN+27 RTMIN+30  0
            Thu Jan  1 00:00:00 1970
            Sat Feb 28 23:59:59 1970
            Tue Feb 29 00:00:00 2000
            Fri Dec 13 20:45:52 1901
            Tue Jan 19 03:14:07 2038
            Wed Dec 31 23:59:59 1969
            Tue Nov 14 22:13:20 2023
            Fri Dec 15 21:14:51 2023
            Mon Jan 15 20:16:22 2024
            Thu Feb 15 19:17:53 2024
            Sun Mar 17 18:19:24 2024
            Wed Apr 17 17:20:55 2024
            Sat May 18 16:22:26 2024
            Tue Jun 18 15:23:57 2024
            Fri Jul 19 14:25:28 2024
            Mon Aug 19 13:26:59 2024
            Thu Sep 19 12:28:30 2024
            Sun Oct 20 11:30:01 2024
            Wed Nov 20 10:31:32 2024
            Sat Dec 21 09:33:03 2024
            Time too far in the future to be converted
            Time too far in the past to be converted
            24-1
            """);
}
