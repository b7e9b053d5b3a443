package org.jstap.runtime.kernel;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where sorts have put the elements of an array whose map knows only when they were inserted. An element that was deleted and
 * inserted again has another stamp and goes to the end, as it should.
 */
final class SortedOrder {
    /** @param inserted the stamp in the map */
    private record Place(long inserted, long place) { }

    private final Map<ByteBuffer, Place> places = new HashMap<>();
    private final Map<ByteBuffer, Place> current = new HashMap<>();

    /** The place of an element as a stamp. */
    long place(byte[] key, long inserted) {
        Place sorted = places.get(ByteBuffer.wrap(key));
        long place = sorted != null && sorted.inserted() == inserted ? sorted.place() : inserted;
        current.put(ByteBuffer.wrap(key), new Place(inserted, place));
        return place;
    }

    /** Takes note of the elements that are there now, whose places have been asked for, and forgets the others. */
    void keep(List<TableStore.Element> elements) {
        Map<ByteBuffer, Place> kept = new HashMap<>();
        for (TableStore.Element element : elements) {
            ByteBuffer key = ByteBuffer.wrap(element.key());
            Place place = current.get(key);
            if (place != null) {
                kept.put(key, place);
            }
        }
        current.clear();
        current.putAll(kept);
        places.keySet().retainAll(kept.keySet());
    }

    /** The elements are in this order now: they share out the places that they had. */
    void sorted(List<byte[]> keys) {
        List<Long> free = new ArrayList<>();
        for (byte[] key : keys) {
            Place place = current.get(ByteBuffer.wrap(key));
            if (place != null) {
                free.add(place.place());
            }
        }
        free.sort(Long::compareUnsigned);
        int next = 0;
        for (byte[] key : keys) {
            ByteBuffer wrapped = ByteBuffer.wrap(key);
            Place place = current.get(wrapped);
            if (place != null) {
                Place now = new Place(place.inserted(), free.get(next++));
                places.put(wrapped, now);
                current.put(wrapped, now);
            }
        }
    }
}
