package org.jstap.runtime.kernel;

import static org.jstap.runtime.kernel.Cases.of;

import java.util.List;
import org.jstap.runtime.kernel.Cases.Case;

/**
 * Cases of {@link Cases} that look at histograms in the middle of a handler. {@code kernel_string2()} reads memory, which the host
 * cannot do for the kernel; so what comes before it has to be done there.
 */
final class BucketCases {
    private BucketCases() { }

    static final Case BUCKETS = of("buckets in the middle of a handler", """
            global all, by, lines, most
            function bucket(n) { try { return @hist_log(all)[n] } catch (e) { println(e); return -1 } }
            probe begin {
              println(bucket(64), kernel_string2(0, ""))
              for (i = -3; i < 6; i++) { all <<< i; by["x", i % 2] <<< i * 10; lines <<< i * 4 }
              println(bucket(63), bucket(64), bucket(65), bucket(66), bucket(67), bucket(128), bucket(-1), kernel_string2(0, "."))
              foreach (b in @hist_log(all)) n += b * @hist_log(all)[b]
              foreach (count = b in @hist_linear(by["x", 1], 0, 30, 10)) if (count) s = s . sprintf("%d:%d ", b, count)
              foreach (b in @hist_linear(lines, -8, 8, 4) limit 4) s = s . sprint(b, "=", @hist_linear(lines, -8, 8, 4)[b]) . ","
              foreach (count = b in @hist_log(all)) { if (b < 65) continue; if (count == 0) break; m = m * 10 + count }
              try { foreach (b in @hist_linear(by["y", 1], 0, 30, 10)) println("not here") } catch (e) { s = s . e }
              for (i = 0; i < 3; i++) foreach (count = b in @hist_linear(lines, -8, 8, 4)) { if (b > i) break; most += count }
              println(n, " ", s, " ", m, " ", most, kernel_string2(0, "."))
              exit()
            }""", """
            empty aggregate
            -1
            histogram index out of range
            histogram index out of range
            11122-1-1.
            582 2:1 4:1 5:1 0=1,1=1,2=1,3=1,empty aggregate 122 6.
            """);

    static final Case DRAWN = of("histograms in the middle of a handler", """
            global all, by, start
            probe begin {
              for (i = -3; i < 70; i++) { all <<< i; by[i % 2] <<< i }
              print(@hist_log(all))
              start = @hist_log(all)[66]
              print(@hist_linear(by[1], 0, 40, 10))
              println(start, kernel_string2(0, "."))
              try { print(@hist_linear(by[7], 0, 40, 10)) } catch (e) { println(e, kernel_string2(0, ".")) }
              delete all
              exit()
            }""", """
            value |-------------------------------------------------- count
               -8 |                                                    0
               -4 |                                                    0
               -2 |@@                                                  2
               -1 |@                                                   1
                0 |@                                                   1
                1 |@                                                   1
                2 |@@                                                  2
                4 |@@@@                                                4
                8 |@@@@@@@@                                            8
               16 |@@@@@@@@@@@@@@@@                                   16
               32 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@                   32
               64 |@@@@@@                                              6
              128 |                                                    0
              256 |                                                    0

            value |-------------------------------------------------- count
                0 |@@@@@                                               5
               10 |@@@@@                                               5
               20 |@@@@@                                               5
               30 |@@@@@                                               5
               40 |@@@@@                                               5
              >40 |@@@@@@@@@@                                         10

            2.
            empty aggregate.
            """);

    static List<Case> all() {
        return List.of(BUCKETS, DRAWN);
    }
}
