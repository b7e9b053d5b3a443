package org.jstap.compiler.regex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexTest {
    @ParameterizedTest
    @CsvSource({"aaa,^a{3}$,true", "aaa,'^a{4,}$',false", "aaa,'^a{1,2}$',false", "ab,^ab*$,true", "a,^ab+$,false",
        "ac,^ab?c$,true", "abbc,^ab?c$,false", "xyxyxy,^(xy)+$,true", "dogs,cat|dog,true", "cow,^(cat|dog)$,false",
        "ac,a(b|c|)$,true", "foo,^foo(bar|baz)?$,true", "a.c,^a\\.c$,true", "abc,^a\\.c$,false", "1+1,1\\+1,true",
        "[x],^\\[x\\]$,true", "$5,\\$5,true", "x1,^\\1$,false", "1,^\\1$,true", "b,[[:alpha:]],true", "5,[^[:digit:]],false",
        "a-b,[a\\-z]-,true", "],[]],true", "'','^a{3,1}$',true", "a,'^a{3,1}$',false", "'',,true"})
    void finds(String text, String pattern, boolean found) {
        String safe = pattern == null ? "" : pattern;
        assertThat(compiled(safe).match(text).length > 0).isEqualTo(found);
        assertThat(compiled(safe).table().orElseThrow().find(text)).isEqualTo(found);
    }

    @Test
    void aDotTakesLineEnds() {
        assertThat(compiled("^a.c$").match("a\nc")).isNotEmpty();
    }

    @Test
    void groupsAreGreedyFromTheLeft() {
        assertThat(compiled("([a-z]+) = ([a-z]+)").match("key = value;")).containsExactly(0, 11, 0, 3, 6, 11);
        assertThat(compiled("^(a)?(b)$").match("b")).containsExactly(0, 1, -1, -1, 0, 1);
        assertThat(compiled("^a(b|(c))$").match("ac")).containsExactly(0, 2, 1, 2, 1, 2);
        assertThat(compiled("(a*)(a*)").match("aaa")).containsExactly(0, 3, 0, 3, 3, 3);
    }

    @Test
    void theLeftmostMatchWinsThenTheLongest() {
        assertThat(compiled("a|ab|abc").match("xxabcd")).containsExactly(2, 5);
        assertThat(compiled("b+|a").match("abbb")).containsExactly(0, 1);
    }

    @Test
    void mistakesTellTheirPlace() {
        assertThat(Regex.compile("a(b")).isEqualTo(new Regex.Refused(2, "expected ), found end of regex"));
        assertThat(Regex.compile("a)b")).isInstanceOf(Regex.Refused.class);
        assertThat(Regex.compile("*a")).isInstanceOf(Regex.Refused.class);
        assertThat(Regex.compile("[z-a]")).isInstanceOf(Regex.Refused.class);
        assertThat(Regex.compile("a{2")).isInstanceOf(Regex.Refused.class);
        assertThat(Regex.compile("[[:nope:]]")).isInstanceOf(Regex.Refused.class);
        assertThat(Regex.compile("a\\")).isInstanceOf(Regex.Refused.class);
        assertThat(Regex.compile("a{100}{100}{100}")).isInstanceOf(Regex.Refused.class);
        assertThat(compiled("(?:){1000}{1000}{1000}a").match("a")).containsExactly(0, 1);
    }

    @Test
    void agreesWithTheLibraryOfTheJdkOnWhetherThereIsAMatch() {
        Random random = new Random(7);
        String[] pieces = {"a", "b", "(a|b)", "a*", "b+", "(ab)?", "[ab]", "[^a]", ".", "(a|b*)", "a{2}", "b{1,2}", "(a+b)*"};
        for (int i = 0; i < 2000; i++) {
            StringBuilder pattern = new StringBuilder(random.nextInt(4) == 0 ? "^" : "");
            for (int n = random.nextInt(4) + 1; n > 0; n--) {
                pattern.append(pieces[random.nextInt(pieces.length)]);
            }
            pattern.append(random.nextInt(4) == 0 ? "$" : "");
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(8); n > 0; n--) {
                text.append((char) ('a' + random.nextInt(3)));
            }
            java.util.regex.Matcher expected = java.util.regex.Pattern.compile(pattern.toString()).matcher(text);
            boolean found = expected.find();
            int[] match = compiled(pattern.toString()).match(text.toString());
            assertThat(match.length > 0).as("%s in %s", pattern, text).isEqualTo(found);
            if (found) {
                assertThat(match[0]).as("start of %s in %s", pattern, text).isEqualTo(expected.start());
                assertThat(match[1]).as("end of %s in %s", pattern, text).isGreaterThanOrEqualTo(expected.end());
            }
        }
    }

    @Test
    void tablesFindTheGroupsThatFollowingAllWaysFinds() {
        Random random = new Random(11);
        String[] pieces = {"a", "b", "(a|b)", "(a*)", "b+", "(ab)?", "[ab]", "([^a])", ".", "(a|b*)", "a{2}", "(b){1,2}", "(a+(b))*", "$",
            "^", "(^|b)", "($|a)", "(a*$|b)*", "(|a)", "()", "((a)|(b))*", "|"};
        int found = 0;
        for (int i = 0; i < 6_000; i++) {
            StringBuilder pattern = new StringBuilder();
            for (int n = random.nextInt(6) + 1; n > 0; n--) {
                pattern.append(pieces[random.nextInt(pieces.length)]);
            }
            Matcher matcher = compiled(pattern.toString());
            assertThat(matcher.groupTable()).as("table of %s", pattern).isPresent();
            for (int t = 0; t < 4; t++) {
                StringBuilder text = new StringBuilder();
                for (int n = random.nextInt(9); n > 0; n--) {
                    text.append((char) ('a' + random.nextInt(3)));
                }
                int[] expected = matcher.follow(text.toString());
                found += expected.length > 0 ? 1 : 0;
                assertThat(matcher.groupTable().orElseThrow().match(text.toString())).as("%s in '%s'", pattern, text).isEqualTo(expected);
                assertThat(matcher.find(text.toString())).isEqualTo(expected.length > 0);
            }
        }
        assertThat(found).isBetween(6_000, 23_000);
    }

    @Test
    void aPatternWhoseTableWouldBeTooLargeIsFollowed() {
        Matcher wide = compiled("(a)(b)".repeat(20));
        assertThat(wide.groupTable()).isEmpty();
        assertThat(wide.match("x" + "ab".repeat(20))).hasSize(82).startsWith(1, 41, 1, 2, 2, 3);
        assertThat(compiled("(a|b)*a(a|b){12}").groupTable()).isEmpty();
    }

    private static Matcher compiled(String pattern) {
        return switch (Regex.compile(pattern)) {
            case Regex.Compiled compiled -> compiled.matcher();
            case Regex.Refused refused -> throw new AssertionError(refused.message());
        };
    }
}
