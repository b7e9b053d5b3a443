package org.jstap.ebpf.vm;

import java.util.List;
import java.util.Optional;
import org.jstap.ebpf.spec.MapEntry;
import org.jstap.ebpf.spec.MapFlags;
import org.jstap.ebpf.spec.MapSpec;

/** A map of a machine, with one value for all CPUs. The methods are those of the host; programs use helpers. */
public abstract sealed class VmMap permits VmHash, VmArray, VmArrayOfMaps, VmRingBuffer {
    /** Flags of an update: create or change, only create, only change. */
    static final long ANY = 0;
    static final long NOEXIST = 1;
    static final long EXIST = 2;

    private final MapSpec spec;
    private final Region handle;

    VmMap(MapSpec spec, Memory memory) {
        this.spec = spec;
        this.handle = memory.add("map " + spec.name(), new byte[0], Region.Access.KERNEL);
    }

    /** As it was specified. */
    public MapSpec spec() {
        return spec;
    }

    /** What stands for the map in a register. */
    long handle() {
        return handle.address();
    }

    Region.Access valueAccess() {
        return (spec.flags() & MapFlags.RDONLY_PROG) != 0 ? Region.Access.READ_ONLY : Region.Access.PROGRAM;
    }

    byte[] checkedKey(byte[] key) {
        if (key.length != spec.keySize()) {
            throw new VmException("the map '" + spec.name() + "' has keys of " + spec.keySize() + " bytes, not " + key.length);
        }
        return key;
    }

    byte[] checkedValue(byte[] value) {
        if (value.length != spec.valueSize()) {
            throw new VmException("the map '" + spec.name() + "' has values of " + spec.valueSize() + " bytes, not " + value.length);
        }
        return value;
    }

    static int index(byte[] key) {
        return key[0] & 0xff | (key[1] & 0xff) << 8 | (key[2] & 0xff) << 16 | key[3] << 24;
    }

    /** The address of a value; 0 if there is none. */
    abstract long address(byte[] key);

    /** Inserts or changes an element; the result is 0 or a negated error number. */
    abstract long put(byte[] key, byte[] value, long flags);

    /** Removes an element; the result is 0 or a negated error number. */
    abstract long remove(byte[] key);

    /** A copy of the value of a key. */
    public abstract Optional<byte[]> lookup(byte[] key);

    /**
     * Inserts or changes an element.
     *
     * @throws VmException if the map is full or does not take elements
     */
    public void update(byte[] key, byte[] value) {
        long result = put(key, value, ANY);
        if (result != 0) {
            throw new VmException("the map '" + spec.name() + "' refuses the element: error " + -result);
        }
    }

    /** Removes an element and tells whether it was there. */
    public boolean delete(byte[] key) {
        return remove(key) == 0;
    }

    /** Copies of all elements: of a hash in the order of insertion, of an array by index. */
    public abstract List<MapEntry> entries();
}
