package org.jstap.compiler.host.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jstap.compiler.host.stat.StatValue;
import org.jstap.compiler.program.Stmt.Sort;
import org.jstap.compiler.program.Type;
import org.junit.jupiter.api.Test;

class HostArrayTest {
    private static final Optional<Sort> FALLING = Optional.of(new Sort(0, true, Optional.empty()));
    private static final Optional<Sort> RISING = Optional.of(new Sort(0, false, Optional.empty()));
    private static final Optional<Sort> BY_KEY_FALLING = Optional.of(new Sort(1, true, Optional.empty()));

    private final Key key = new Key(List.of(Type.LONG));

    @Test
    void keepsTheOrderOfInsertion() {
        HostArray array = numbers(100, false);
        put(array, 5, 1);
        put(array, 3, 1);
        put(array, 9, 1);
        put(array, 3, 2);
        assertThat(keys(array, Optional.empty(), 100)).isEqualTo("5 3 9");
        array.delete(key.set(0, 5));
        put(array, 5, 3);
        assertThat(keys(array, Optional.empty(), 100)).isEqualTo("3 9 5");
    }

    @Test
    void sortingTheFrontLeavesTheOthersAsTheyStand() {
        HostArray array = numbers(100, false);
        for (int i = 1; i <= 9; i++) {
            put(array, i, i % 3);
        }
        assertThat(keys(array, FALLING, 4)).isEqualTo("2 5 8 1");
        assertThat(keys(array, RISING, 4)).isEqualTo("3 6 9 1");
        assertThat(keys(array, Optional.empty(), 100)).isEqualTo("3 6 9 1 4 2 5 8 7");
    }

    @Test
    void sortingIsStableAndPutsTheArrayInThatOrder() {
        HostArray array = numbers(1000, false);
        for (int i = 0; i < 200; i++) {
            put(array, i * 37 % 211, (long) i * i % 17);
        }
        assertThat(keys(array, FALLING, Long.MAX_VALUE)).startsWith("148 59 144 55 140 51 136 47 132 43 128 39 124 35 120 31 116");
        assertThat(keys(array, RISING, 40)).startsWith("0 207 203 199 195 191 187 183 179 175 171 167 37 170 33 166");
        assertThat(keys(array, BY_KEY_FALLING, 40)).startsWith("210 209 208 207 206 205 204 203 202 201 199");
    }

    @Test
    void aFullArrayRefuses() {
        HostArray array = new HostArray(List.of(Type.LONG), Type.LONG, 2, true, false, StatValue.plain());
        assertThat(array.setNumber(key.set(0, 1), 1)).isTrue();
        assertThat(array.addNumber(key.set(0, 2), 1)).isTrue();
        assertThat(array.addNumber(key.set(0, 3), 1)).isFalse();
        assertThat(array.addNumber(key.set(0, 2), 4)).isTrue();
        assertThat(array.number(key.set(0, 2))).isEqualTo(5);
        assertThat(array.overflowText()).isEqualTo("Array overflow, check size limit (2)");
        assertThat(numbers(2, false).overflowText()).isEqualTo("Array overflow, check MAXMAPENTRIES");
    }

    @Test
    void aWrappingArrayDropsTheFirstElement() {
        HostArray array = numbers(3, true);
        for (int i = 1; i <= 5; i++) {
            put(array, i, i);
        }
        put(array, 3, 333);
        put(array, 6, 36);
        assertThat(keys(array, Optional.empty(), 100)).isEqualTo("4 5 6");
    }

    @Test
    void aLoopSurvivesChanges() {
        HostArray array = numbers(100, false);
        put(array, 1, 1);
        put(array, 2, 1);
        put(array, 3, 1);
        Cursor cursor = array.cursor(Optional.empty(), 100);
        assertThat(cursor.next()).isTrue();
        array.delete(key.set(0, 1));
        put(array, 4, 1);
        StringBuilder seen = new StringBuilder();
        while (cursor.next()) {
            seen.append(cursor.keyNumber(0)).append(' ');
        }
        assertThat(seen.toString()).isEqualTo("2 3 4 ");
    }

    @Test
    void slicesMatchTheColumnsGiven() {
        List<Type> types = List.of(Type.STRING, Type.LONG);
        HostArray array = new HostArray(types, Type.STRING, 10, false, false, StatValue.plain());
        Key pair = new Key(types);
        array.setText(pair.set(0, "x").set(1, 1), "a");
        array.setText(pair.set(0, "y").set(1, 2), "b");
        array.setText(pair.set(0, "y").set(1, 3), "c");
        KeyPattern anyY = new KeyPattern(new Key(types).set(0, "y"), new boolean[] {false, true});
        assertThat(array.containsMatch(anyY)).isTrue();
        array.deleteMatch(anyY);
        assertThat(array.size()).isEqualTo(1);
        assertThat(array.containsMatch(anyY)).isFalse();
        assertThat(array.text(pair.set(0, "x").set(1, 1))).isEqualTo("a");
        assertThat(array.text(pair.set(0, "y").set(1, 2))).isEmpty();
    }

    @Test
    void statisticsAreMergedIntoElements() {
        HostArray array = new HostArray(List.of(Type.LONG), Type.STATS, 10, false, false, StatValue.plain());
        array.addStatistic(key.set(0, 7), 3);
        StatValue elsewhere = StatValue.plain();
        elsewhere.add(5);
        array.merge(key.set(0, 7), elsewhere);
        array.merge(key.set(0, 8), elsewhere);
        assertThat(array.statistic(key.set(0, 7)).sum()).isEqualTo(8);
        assertThat(array.statistic(key.set(0, 8)).count()).isEqualTo(1);
        assertThat(array.statistic(key.set(0, 9)).isEmpty()).isTrue();
        assertThat(array.size()).isEqualTo(2);
    }

    @Test
    void behavesLikeALinkedMapUnderRandomChanges() {
        HostArray array = numbers(100_000, false);
        Map<Long, Long> model = new LinkedHashMap<>();
        Random random = new Random(42);
        for (int i = 0; i < 50_000; i++) {
            long k = random.nextInt(500);
            switch (random.nextInt(4)) {
                case 0 -> {
                    array.delete(key.set(0, k));
                    model.remove(k);
                }
                case 1 -> {
                    array.addNumber(key.set(0, k), i);
                    model.merge(k, (long) i, Long::sum);
                }
                default -> {
                    put(array, k, i);
                    model.put(k, (long) i);
                }
            }
        }
        StringBuilder expected = new StringBuilder();
        model.forEach((k, v) -> {
            expected.append(expected.isEmpty() ? "" : " ").append(k);
            assertThat(array.number(key.set(0, k))).isEqualTo(v);
        });
        assertThat(keys(array, Optional.empty(), Long.MAX_VALUE)).isEqualTo(expected.toString());
        array.clear();
        assertThat(array.size()).isZero();
        assertThat(array.contains(key.set(0, 1))).isFalse();
    }

    private static HostArray numbers(int capacity, boolean wrap) {
        return new HostArray(List.of(Type.LONG), Type.LONG, capacity, false, wrap, StatValue.plain());
    }

    private void put(HostArray array, long index, long value) {
        assertThat(array.setNumber(key.set(0, index), value)).isTrue();
    }

    private static String keys(HostArray array, Optional<Sort> sort, long limit) {
        StringBuilder out = new StringBuilder();
        Cursor cursor = array.cursor(sort, limit);
        for (long left = limit; left > 0 && cursor.next(); left--) {
            out.append(out.isEmpty() ? "" : " ").append(cursor.keyNumber(0));
        }
        return out.toString();
    }
}
