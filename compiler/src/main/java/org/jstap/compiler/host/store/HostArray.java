package org.jstap.compiler.host.store;

import java.util.List;
import java.util.Optional;
import org.jstap.compiler.host.stat.StatValue;
import org.jstap.compiler.program.Stmt.Sort;
import org.jstap.compiler.program.Type;

/** An array in the JVM, in order of insertion until it is sorted. */
public final class HostArray implements ArrayStore {
    /** A sorted loop with a limit up to this one sorts only the front of the array. */
    private static final long FRONT_SORT = 30;

    private final ElementTable table = new ElementTable();
    private final Column[] keys;
    private final Column values;
    private final int capacity;
    private final boolean wrap;
    private final boolean ownSize;
    private final StatValue empty;
    private int room;

    /**
     * @param capacity number of elements
     * @param ownSize  whether the script gives the size, for the error text
     * @param wrap     whether the first element gives way when the array is full
     * @param empty    for arrays of statistics, what a new element looks like
     */
    public HostArray(List<Type> keyTypes, Type valueType, int capacity, boolean ownSize, boolean wrap, StatValue empty) {
        this.capacity = capacity;
        this.ownSize = ownSize;
        this.wrap = wrap;
        this.empty = empty;
        keys = new Column[keyTypes.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = keyTypes.get(i) == Type.STRING ? new Column.Texts() : new Column.Numbers();
        }
        values = switch (valueType) {
            case STRING -> new Column.Texts();
            case STATS -> new Column.Statistics();
            case LONG, VOID -> new Column.Numbers();
        };
    }

    @Override
    public int size() {
        return table.size();
    }

    @Override
    public boolean contains(Key key) {
        return find(key, key.hash()) != ElementTable.NONE;
    }

    @Override
    public boolean containsMatch(KeyPattern pattern) {
        SlotCursor cursor = new SlotCursor();
        while (cursor.next()) {
            if (pattern.matches(cursor)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long number(Key key) {
        int slot = find(key, key.hash());
        return slot == ElementTable.NONE ? 0 : ((Column.Numbers) values).get(slot);
    }

    @Override
    public String text(Key key) {
        int slot = find(key, key.hash());
        return slot == ElementTable.NONE ? "" : ((Column.Texts) values).get(slot);
    }

    @Override
    public StatValue statistic(Key key) {
        int slot = find(key, key.hash());
        return slot == ElementTable.NONE ? empty : ((Column.Statistics) values).get(slot);
    }

    @Override
    public boolean setNumber(Key key, long value) {
        int slot = findOrInsert(key);
        if (slot == ElementTable.NONE) {
            return false;
        }
        ((Column.Numbers) values).set(slot, value);
        return true;
    }

    @Override
    public boolean setText(Key key, String value) {
        int slot = findOrInsert(key);
        if (slot == ElementTable.NONE) {
            return false;
        }
        ((Column.Texts) values).set(slot, value);
        return true;
    }

    @Override
    public boolean addNumber(Key key, long delta) {
        int slot = findOrInsert(key);
        if (slot == ElementTable.NONE) {
            return false;
        }
        Column.Numbers numbers = (Column.Numbers) values;
        numbers.set(slot, numbers.get(slot) + delta);
        return true;
    }

    @Override
    public boolean addStatistic(Key key, long value) {
        int slot = findOrInsert(key);
        if (slot == ElementTable.NONE) {
            return false;
        }
        ((Column.Statistics) values).get(slot).add(value);
        return true;
    }

    /** Adds what was collected elsewhere to an element. False where the array is full. */
    public boolean merge(Key key, StatValue added) {
        int slot = findOrInsert(key);
        if (slot == ElementTable.NONE) {
            return false;
        }
        ((Column.Statistics) values).get(slot).merge(added);
        return true;
    }

    @Override
    public void delete(Key key) {
        int slot = find(key, key.hash());
        if (slot != ElementTable.NONE) {
            remove(slot);
        }
    }

    @Override
    public void deleteMatch(KeyPattern pattern) {
        SlotCursor cursor = new SlotCursor();
        while (cursor.next()) {
            if (pattern.matches(cursor)) {
                remove(cursor.slot);
            }
        }
    }

    @Override
    public void clear() {
        for (int slot = table.head(); slot != ElementTable.NONE; slot = table.next(slot)) {
            release(slot);
        }
        table.clear();
    }

    @Override
    public Cursor cursor(Optional<Sort> sort, long limit) {
        if (sort.isPresent() && limit > 0) {
            Sort by = sort.get();
            Column column = by.column() == 0 ? values : keys[by.column() - 1];
            ElementSort sorter = new ElementSort(table, column, by.extractor(), by.descending());
            if (limit <= FRONT_SORT) {
                sorter.front((int) limit);
            } else {
                sorter.all();
            }
        }
        return new SlotCursor();
    }

    @Override
    public String overflowText() {
        return ownSize ? "Array overflow, check size limit (" + capacity + ")" : "Array overflow, check MAXMAPENTRIES";
    }

    private int find(Key key, int hash) {
        for (int place = table.probe(hash);; place = table.probeAfter(place)) {
            int slot = table.at(place);
            if (slot == ElementTable.NONE || table.hashOf(slot) == hash && holds(slot, key)) {
                return slot;
            }
        }
    }

    private boolean holds(int slot, Key key) {
        for (int i = 0; i < keys.length; i++) {
            boolean same = switch (keys[i]) {
                case Column.Numbers column -> column.get(slot) == key.number(i);
                case Column.Texts column -> column.get(slot).equals(key.text(i));
                case Column.Statistics _ -> false;
            };
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private int findOrInsert(Key key) {
        int hash = key.hash();
        int found = find(key, hash);
        if (found != ElementTable.NONE) {
            return found;
        }
        if (table.size() >= capacity) {
            if (!wrap || table.size() == 0) {
                return ElementTable.NONE;
            }
            remove(table.head());
        }
        int slot = table.insert(hash);
        makeRoom();
        for (int i = 0; i < keys.length; i++) {
            switch (keys[i]) {
                case Column.Numbers column -> column.set(slot, key.number(i));
                case Column.Texts column -> column.set(slot, key.text(i));
                case Column.Statistics _ -> { }
            }
        }
        switch (values) {
            case Column.Numbers column -> column.set(slot, 0);
            case Column.Texts column -> column.set(slot, "");
            case Column.Statistics column -> column.set(slot, empty.empty());
        }
        return slot;
    }

    private void makeRoom() {
        if (room < table.capacity()) {
            room = table.capacity();
            for (Column column : keys) {
                column.room(room);
            }
            values.room(room);
        }
    }

    private void remove(int slot) {
        table.remove(slot);
        release(slot);
    }

    private void release(int slot) {
        for (Column column : keys) {
            column.release(slot);
        }
        values.release(slot);
    }

    /** Remembers what comes next, in case the loop's body removes the element that the cursor is at. */
    private final class SlotCursor implements Cursor {
        private int slot = ElementTable.NONE;
        private int birth;
        private int following = ElementTable.NONE;
        private int followingBirth;
        private boolean started;

        @Override
        public boolean next() {
            if (!started) {
                started = true;
                slot = table.head();
            } else if (slot == ElementTable.NONE) {
                return false;
            } else if (table.isLive(slot, birth)) {
                slot = table.next(slot);
            } else {
                slot = following != ElementTable.NONE && table.isLive(following, followingBirth) ? following : ElementTable.NONE;
            }
            if (slot == ElementTable.NONE) {
                return false;
            }
            birth = table.birth(slot);
            following = table.next(slot);
            followingBirth = following == ElementTable.NONE ? 0 : table.birth(following);
            return true;
        }

        @Override
        public long keyNumber(int column) {
            return ((Column.Numbers) keys[column]).get(slot);
        }

        @Override
        public String keyText(int column) {
            return ((Column.Texts) keys[column]).get(slot);
        }

        @Override
        public long number() {
            return ((Column.Numbers) values).get(slot);
        }

        @Override
        public String text() {
            return ((Column.Texts) values).get(slot);
        }

        @Override
        public StatValue statistic() {
            return ((Column.Statistics) values).get(slot);
        }
    }
}
