package org.jstap.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jstap.compiler.host.stat.StatValue;
import org.jstap.compiler.host.store.ArrayStore;
import org.jstap.compiler.host.store.Cursor;
import org.jstap.compiler.host.store.HostArray;
import org.jstap.compiler.host.store.Key;
import org.jstap.compiler.host.store.KeyPattern;
import org.jstap.compiler.kernel.layout.ControlLayout;
import org.jstap.compiler.kernel.layout.GlobalHome;
import org.jstap.compiler.kernel.layout.StatLayout;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.Stmt.Sort;
import org.jstap.compiler.program.Type;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.map.MappedArray;

/**
 * An array that lives in a map of the kernel, as handlers on the JVM see it: a copy made when such a handler starts, in the order of
 * insertion; what the handler changes goes into the map as well.
 */
final class TableStore implements ArrayStore {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private final Global global;
    private final GlobalHome.Table home;
    private final KernelMap map;
    private final HostArray copy;
    /** Of a statistic. */
    private final StatLayout layout;
    private final SortedOrder order = new SortedOrder();
    private final MappedArray control;

    /** @param control the control block */
    TableStore(Global global, GlobalHome.Table home, KernelMap map, HostArray copy, MappedArray control) {
        this.control = control;
        this.global = global;
        this.home = home;
        this.map = map;
        this.copy = copy;
        this.layout = StatLayout.of(global.shape());
    }

    int global() {
        return global.id();
    }

    /** @param stamp its place among the others: its number, or where a sort has put it */
    record Element(long stamp, byte[] key, byte[] value) { }

    private Element element(byte[] key, byte[] value) {
        if (home.stamp().isEmpty()) {
            return new Element(0, key, value);
        }
        long inserted = MemorySegment.ofArray(value).get(LONG, home.stamp().get().offset());
        return new Element(order.place(key, inserted), key, value);
    }

    /** Makes the copy anew. */
    void refresh() {
        List<Element> elements = new ArrayList<>();
        map.forEach((key, value) -> elements.add(element(key.toArray(ValueLayout.JAVA_BYTE), value.toArray(ValueLayout.JAVA_BYTE))));
        elements.sort((a, b) -> Long.compareUnsigned(a.stamp(), b.stamp()));
        order.keep(elements);
        copy.clear();
        Key key = new Key(global.keys());
        for (Element element : elements) {
            Segments.readKey(MemorySegment.ofArray(element.key()), home.key(), key);
            MemorySegment value = MemorySegment.ofArray(element.value());
            switch (global.value()) {
                case STRING -> copy.setText(key, Segments.text(value, home.value().offset(), home.value().size()));
                case STATS -> copy.merge(key, StatBytes.read(global, layout, value));
                case LONG, VOID -> copy.setNumber(key, value.get(LONG, home.value().offset()));
            }
        }
    }

    @Override
    public int size() {
        return copy.size();
    }

    @Override
    public boolean contains(Key key) {
        return copy.contains(key);
    }

    @Override
    public boolean containsMatch(KeyPattern pattern) {
        return copy.containsMatch(pattern);
    }

    @Override
    public long number(Key key) {
        return copy.number(key);
    }

    @Override
    public String text(Key key) {
        return copy.text(key);
    }

    @Override
    public StatValue statistic(Key key) {
        return copy.statistic(key);
    }

    @Override
    public boolean setNumber(Key key, long value) {
        return put(key, element -> element.set(LONG, home.value().offset(), value)) && copy.setNumber(key, value);
    }

    @Override
    public boolean setText(Key key, String value) {
        return put(key, element -> Segments.putText(element, home.value().offset(), home.value().size(), value))
                && copy.setText(key, value);
    }

    @Override
    public boolean addNumber(Key key, long delta) {
        return setNumber(key, copy.number(key) + delta);
    }

    @Override
    public boolean addStatistic(Key key, long value) {
        return put(key, element -> StatBytes.add(global, layout, element, value)) && copy.addStatistic(key, value);
    }

    /** The oldest element of a full wrapping array gives way, in the copy by itself. */
    private void makeRoom(Key key) {
        if (!global.wrap() || copy.contains(key) || copy.size() < home.map().maxEntries()) {
            return;
        }
        Cursor oldest = copy.cursor(Optional.empty(), 1);
        if (oldest.next()) {
            map.delete(Segments.keyBytes(home.key(), keyOf(oldest)));
        }
    }

    private Key keyOf(Cursor cursor) {
        Key key = new Key(global.keys());
        for (int i = 0; i < key.columns(); i++) {
            if (key.isText(i)) {
                key.set(i, cursor.keyText(i));
            } else {
                key.set(i, cursor.keyNumber(i));
            }
        }
        return key;
    }

    /** Changes the element or makes it; {@code change} gets what it holds, zeroes where it is new. */
    private boolean put(Key key, Consumer<MemorySegment> change) {
        makeRoom(key);
        byte[] keyBytes = Segments.keyBytes(home.key(), key);
        Optional<byte[]> before = home.stamp().isPresent() || global.isStatistic() ? map.lookup(keyBytes) : Optional.empty();
        byte[] bytes = before.orElse(new byte[home.map().valueSize()]);
        MemorySegment value = MemorySegment.ofArray(bytes);
        if (home.stamp().isPresent() && before.isEmpty()) {
            value.set(LONG, home.stamp().get().offset(),
                    ControlLayout.FIRST_NUMBER + control.getAndAdd(0, ControlLayout.INSERTED, 1));
        }
        change.accept(value);
        return map.tryUpdate(keyBytes, bytes, KernelMap.ANY) == 0;
    }

    @Override
    public void delete(Key key) {
        map.delete(Segments.keyBytes(home.key(), key));
        copy.delete(key);
    }

    @Override
    public void deleteMatch(KeyPattern pattern) {
        Cursor cursor = copy.cursor(Optional.empty(), Long.MAX_VALUE);
        while (cursor.next()) {
            if (pattern.matches(cursor)) {
                map.delete(Segments.keyBytes(home.key(), keyOf(cursor)));
            }
        }
        copy.deleteMatch(pattern);
    }

    @Override
    public void clear() {
        map.clear();
        copy.clear();
    }

    /** A sort puts the array itself into that order, and the next copy has to be in it too. */
    @Override
    public Cursor cursor(Optional<Sort> sort, long limit) {
        Cursor cursor = copy.cursor(sort, limit);
        if (sort.isPresent() && home.stamp().isPresent()) {
            List<byte[]> keys = new ArrayList<>();
            Cursor all = copy.cursor(Optional.empty(), Long.MAX_VALUE);
            while (all.next()) {
                keys.add(Segments.keyBytes(home.key(), keyOf(all)));
            }
            if (home.walked()) {
                number(keys);
            } else {
                order.sorted(keys);
            }
        }
        return cursor;
    }

    /** Gives the elements numbers in this order, before all others. Programs wait: each that goes by numbers takes the lock. */
    private void number(List<byte[]> keys) {
        long next = ControlLayout.FIRST_NUMBER + control.getAndAdd(0, ControlLayout.IN_FRONT, -keys.size()) - keys.size();
        for (byte[] key : keys) {
            Optional<byte[]> value = map.lookup(key);
            if (value.isPresent()) {
                MemorySegment.ofArray(value.get()).set(LONG, home.stamp().orElseThrow().offset(), next++);
                map.tryUpdate(key, value.get(), KernelMap.ANY);
            }
        }
    }

    @Override
    public String overflowText() {
        return copy.overflowText();
    }
}
