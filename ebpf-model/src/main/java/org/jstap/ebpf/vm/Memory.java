package org.jstap.ebpf.vm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All memory of a machine: regions far apart from each other, so that an address that leaves one hits nothing. Numbers in
 * it are little-endian. User memory has low addresses, all other high ones, as in the kernel.
 */
public final class Memory {
    /** The most bytes of a region. */
    public static final int LARGEST_REGION = 1 << 24;

    private static final int SHIFT = 24;
    private static final long KERNEL_BASE = 0xffff_0000_0000_0000L;

    private final List<Region> regions = new ArrayList<>();
    private final List<Region> leaving = new ArrayList<>();

    Memory() {
        // No region has the number 0, so that small addresses such as null point nowhere.
        regions.add(null);
    }

    /** Makes a region that starts with these bytes; the array is used, not copied. */
    public Region add(String name, byte[] bytes, Region.Access access) {
        if (bytes.length > LARGEST_REGION) {
            throw new VmException("the memory '" + name + "' has " + bytes.length + " bytes; " + LARGEST_REGION + " is the most");
        }
        long place = (long) regions.size() << SHIFT;
        Region region = new Region(name, access == Region.Access.USER ? place : KERNEL_BASE | place, bytes, access);
        regions.add(region);
        return region;
    }

    /** Takes a region away once the running program has ended; until then it stays readable, as under RCU. */
    void releaseLater(Region region) {
        leaving.add(region);
    }

    void releaseNow() {
        for (Region region : leaving) {
            regions.set(number(region.address()), null);
        }
        leaving.clear();
    }

    private static int number(long address) {
        return (int) ((address & ~KERNEL_BASE) >>> SHIFT);
    }

    /** The region that holds all these bytes; null if none does. */
    private Region holding(long address, int size) {
        int number = number(address);
        if (number >= regions.size() || number < 0) {
            return null;
        }
        Region region = regions.get(number);
        if (region == null || address < region.address() || address - region.address() > region.size() - size) {
            return null;
        }
        return region;
    }

    private Region demand(long address, int size, String what) {
        Region region = holding(address, size);
        if (region == null) {
            throw new VmException("cannot " + what + " " + size + " bytes at 0x" + Long.toHexString(address) + ": " + near(address));
        }
        return region;
    }

    private String near(long address) {
        int number = number(address);
        Region region = number > 0 && number < regions.size() ? regions.get(number) : null;
        if (region == null || (address < 0) != (region.address() < 0)) {
            return "no memory is there";
        }
        return "that is byte " + (address - region.address()) + " of '" + region.name() + "', which has " + region.size();
    }

    /** Whether a program may read these bytes directly. */
    boolean isLoadable(long address, int size) {
        Region region = holding(address, size);
        return region != null && region.access() != Region.Access.USER;
    }

    /**
     * A number as a program reads it, without sign.
     *
     * @throws VmException if no region that programs may read holds it
     */
    public long load(long address, int size) {
        Region region = demand(address, size, "read");
        if (region.access() == Region.Access.USER) {
            throw new VmException("cannot read user memory '" + region.name() + "' without a helper");
        }
        return get(region, address, size);
    }

    /**
     * Stores a number as a program does.
     *
     * @throws VmException if no region that programs may write holds it
     */
    public void store(long address, int size, long value) {
        Region region = writable(address, size);
        int at = (int) (address - region.address());
        for (int i = 0; i < size; i++) {
            region.bytes()[at + i] = (byte) (value >>> 8 * i);
        }
    }

    private Region writable(long address, int size) {
        Region region = demand(address, size, "write");
        if (region.access() != Region.Access.PROGRAM) {
            throw new VmException("the memory '" + region.name() + "' is not for programs to write");
        }
        return region;
    }

    private static long get(Region region, long address, int size) {
        int at = (int) (address - region.address());
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | region.bytes()[at + i] & 0xff;
        }
        return value;
    }

    /** A copy of bytes that a program hands to a helper. */
    public byte[] read(long address, int size) {
        if (size == 0) {
            return new byte[0];
        }
        Region region = demand(address, size, "read");
        if (region.access() == Region.Access.USER) {
            throw new VmException("cannot read user memory '" + region.name() + "' without a helper for it");
        }
        int at = (int) (address - region.address());
        return Arrays.copyOfRange(region.bytes(), at, at + size);
    }

    /** Writes bytes where a program told a helper to. */
    public void write(long address, byte[] value) {
        if (value.length == 0) {
            return;
        }
        Region region = writable(address, value.length);
        System.arraycopy(value, 0, region.bytes(), (int) (address - region.address()), value.length);
    }

    /** Bytes as a probe_read helper gets them: null where the address is bad, which is no error there. */
    byte[] probe(long address, int size, boolean user) {
        Region region = holding(address, size);
        if (region == null || (region.access() == Region.Access.USER) != user) {
            return null;
        }
        int at = (int) (address - region.address());
        return Arrays.copyOfRange(region.bytes(), at, at + size);
    }

    /** As {@link #probe}, up to and with a zero byte, at most {@code size} bytes, the last of them made zero. */
    byte[] probeString(long address, int size, boolean user) {
        Region region = holding(address, 1);
        if (region == null || (region.access() == Region.Access.USER) != user) {
            return null;
        }
        int start = (int) (address - region.address());
        for (int length = 1; length <= size; length++) {
            if (start + length > region.size()) {
                return null;
            }
            if (region.bytes()[start + length - 1] == 0) {
                return Arrays.copyOfRange(region.bytes(), start, start + length);
            }
        }
        byte[] cut = Arrays.copyOfRange(region.bytes(), start, start + size);
        cut[size - 1] = 0;
        return cut;
    }
}
