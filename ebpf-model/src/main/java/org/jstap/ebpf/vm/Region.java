package org.jstap.ebpf.vm;

/** A piece of memory with an address of its own. */
public final class Region {
    /** Who may reach a region. */
    public enum Access {
        /** Programs read and write it directly. */
        PROGRAM,
        /** Programs read it directly, but only the host writes it. */
        READ_ONLY,
        /** Kernel memory: read directly through typed pointers or with a helper, never written. */
        KERNEL,
        /** User memory: only helpers for user memory read it. */
        USER
    }

    private final String name;
    private final long address;
    private final byte[] bytes;
    private final Access access;

    Region(String name, long address, byte[] bytes, Access access) {
        this.name = name;
        this.address = address;
        this.bytes = bytes;
        this.access = access;
    }

    /** What errors call it. */
    public String name() {
        return name;
    }

    /** The address of its first byte. */
    public long address() {
        return address;
    }

    /** Bytes. */
    public int size() {
        return bytes.length;
    }

    /** Its contents, shared with the machine: what a test writes here, programs read. */
    public byte[] bytes() {
        return bytes;
    }

    Access access() {
        return access;
    }
}
