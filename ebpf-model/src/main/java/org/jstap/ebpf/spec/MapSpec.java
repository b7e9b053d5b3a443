package org.jstap.ebpf.spec;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A map to be created.
 *
 * @param name       by which programs refer to it ({@link org.jstap.ebpf.asm.Instruction.LoadMap}); unique among the maps of
 *                   a program, any length
 * @param type       its kind
 * @param keySize    bytes of a key; 0 for ring buffers, 4 for arrays
 * @param valueSize  bytes of a value, of one CPU's for per-CPU maps; 0 for ring buffers, 4 for maps of maps
 * @param maxEntries the most elements; bytes for ring buffers, a power of two and a multiple of the page size
 * @param flags      of {@link MapFlags}
 * @param inner      the prototype of the values of a map of maps; empty for all others
 * @param contents   elements to put in before a program runs
 * @param frozen     whether system calls may not write any more once the contents are in, so that the verifier may treat a
 *                   {@link MapFlags#RDONLY_PROG} array as constant (kernel 5.2)
 */
public record MapSpec(String name, MapType type, int keySize, int valueSize, int maxEntries, int flags, Optional<MapSpec> inner,
        List<MapEntry> contents, boolean frozen) {

    public MapSpec {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        contents = List.copyOf(contents);
        if (keySize < 0 || valueSize < 0 || maxEntries < 0) {
            throw new IllegalArgumentException("the map '" + name + "' has a negative size");
        }
        if (type.holdsMaps() != inner.isPresent()) {
            throw new IllegalArgumentException(type.holdsMaps() ? "the map of maps '" + name + "' needs a prototype of its values"
                    : "the map '" + name + "' is no map of maps, so its values have no prototype");
        }
        for (MapEntry entry : contents) {
            if (entry.key().length != keySize || entry.value().length != valueSize) {
                throw new IllegalArgumentException("the contents of the map '" + name + "' do not have its sizes, "
                        + keySize + " bytes a key and " + valueSize + " a value");
            }
        }
    }

    /** A map without contents. */
    public MapSpec(String name, MapType type, int keySize, int valueSize, int maxEntries, int flags, Optional<MapSpec> inner) {
        this(name, type, keySize, valueSize, maxEntries, flags, inner, List.of(), false);
    }

    /** A hash whose memory is taken at the start, which is safe in any context. */
    public static MapSpec hash(String name, int keySize, int valueSize, int maxEntries) {
        return new MapSpec(name, MapType.HASH, keySize, valueSize, maxEntries, 0, Optional.empty());
    }

    /** A hash with a value for each CPU. */
    public static MapSpec perCpuHash(String name, int keySize, int valueSize, int maxEntries) {
        return new MapSpec(name, MapType.PERCPU_HASH, keySize, valueSize, maxEntries, 0, Optional.empty());
    }

    /** An array; its keys are 32-bit indexes. */
    public static MapSpec array(String name, int valueSize, int maxEntries) {
        return new MapSpec(name, MapType.ARRAY, 4, valueSize, maxEntries, 0, Optional.empty());
    }

    /** An array with a value for each CPU; its keys are 32-bit indexes. */
    public static MapSpec perCpuArray(String name, int valueSize, int maxEntries) {
        return new MapSpec(name, MapType.PERCPU_ARRAY, 4, valueSize, maxEntries, 0, Optional.empty());
    }

    /** A ring buffer of so many bytes, a power of two and a multiple of the page size (kernel 5.8). */
    public static MapSpec ringBuffer(String name, int bytes) {
        return new MapSpec(name, MapType.RINGBUF, 0, 0, bytes, 0, Optional.empty());
    }

    /** An array of maps that are made like the prototype. */
    public static MapSpec arrayOfMaps(String name, int maxEntries, MapSpec inner) {
        return new MapSpec(name, MapType.ARRAY_OF_MAPS, 4, 4, maxEntries, 0, Optional.of(inner));
    }

    /** An array with a performance counter for each processor; 0 elements stand for as many as there can be. */
    public static MapSpec perfEventArray(String name) {
        return new MapSpec(name, MapType.PERF_EVENT_ARRAY, 4, 4, 0, 0, Optional.empty());
    }

    /** A store of call stacks of up to {@code depth} frames. */
    public static MapSpec stackTrace(String name, int depth, int maxEntries) {
        return new MapSpec(name, MapType.STACK_TRACE, 4, depth * 8, maxEntries, 0, Optional.empty());
    }

    /** The same with other flags. */
    public MapSpec withFlags(int newFlags) {
        return new MapSpec(name, type, keySize, valueSize, maxEntries, newFlags, inner, contents, frozen);
    }

    /** The same with these elements from the start. */
    public MapSpec withContents(List<MapEntry> entries) {
        return new MapSpec(name, type, keySize, valueSize, maxEntries, flags, inner, entries, frozen);
    }

    /** The same, not to be written by system calls once it is filled. */
    public MapSpec asFrozen() {
        return new MapSpec(name, type, keySize, valueSize, maxEntries, flags, inner, contents, true);
    }

    /** The same under another name. */
    public MapSpec named(String newName) {
        return new MapSpec(newName, type, keySize, valueSize, maxEntries, flags, inner, contents, frozen);
    }

    /** The name as the kernel takes it: at most 15 letters, digits, {@code _} and {@code .}. */
    public String kernelName() {
        return KernelNames.shorten(name);
    }
}
