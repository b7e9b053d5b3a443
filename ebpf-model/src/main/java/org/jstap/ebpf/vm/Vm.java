package org.jstap.ebpf.vm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jstap.ebpf.asm.Code;
import org.jstap.ebpf.spec.MapEntry;
import org.jstap.ebpf.spec.MapSpec;

/**
 * A machine that runs eBPF programs one after the other over the same maps and memory. Not safe for several threads.
 */
public final class Vm {
    private static final long DEFAULT_BUDGET = 1_000_000;

    private final Memory memory = new Memory();
    private final Map<String, VmMap> maps = new HashMap<>();
    private final Map<Long, VmMap> handles = new HashMap<>();
    private final List<String> trace = new ArrayList<>();
    private Environment environment = Environment.standard();
    private HelperTable helpers = HelperTable.standard();
    private long budget = DEFAULT_BUDGET;
    private boolean lenientLoads;
    private int argumentCount;

    /** A machine with these maps, filled as specified. */
    public Vm(List<MapSpec> specs) {
        for (MapSpec spec : specs) {
            if (maps.put(spec.name(), create(spec)) != null) {
                throw new VmException("two maps are named '" + spec.name() + "'");
            }
        }
    }

    /** Makes a map that programs reach only through a map of maps. */
    public VmMap create(MapSpec spec) {
        VmMap map = switch (spec.type()) {
            case HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH, STACK_TRACE -> new VmHash(spec, memory);
            case ARRAY, PERCPU_ARRAY, PERF_EVENT_ARRAY -> new VmArray(spec, memory);
            case RINGBUF -> new VmRingBuffer(spec, memory);
            case ARRAY_OF_MAPS -> new VmArrayOfMaps(spec, memory, innerMaps(spec));
            default -> throw new VmException("the interpreter has no maps of the kind " + spec.type());
        };
        handles.put(map.handle(), map);
        for (MapEntry entry : spec.contents()) {
            map.update(entry.key(), entry.value());
        }
        return map;
    }

    private List<VmMap> innerMaps(MapSpec spec) {
        List<VmMap> result = new ArrayList<>(spec.maxEntries());
        MapSpec inner = spec.inner().orElseThrow();
        for (int i = 0; i < spec.maxEntries(); i++) {
            result.add(create(inner));
        }
        return result;
    }

    /**
     * A map by name.
     *
     * @throws VmException if there is none
     */
    public VmMap map(String name) {
        VmMap map = maps.get(name);
        if (map == null) {
            throw new VmException("no map is named '" + name + "'");
        }
        return map;
    }

    /** A ring buffer by name. */
    public VmRingBuffer ringBuffer(String name) {
        if (map(name) instanceof VmRingBuffer buffer) {
            return buffer;
        }
        throw new VmException("the map '" + name + "' is no ring buffer");
    }

    VmMap mapOf(long handle) {
        VmMap map = handles.get(handle);
        if (map == null) {
            throw new VmException("0x" + Long.toHexString(handle) + " is no map");
        }
        return map;
    }

    VmRingBuffer ringBufferOf(long record) {
        for (VmMap map : handles.values()) {
            if (map instanceof VmRingBuffer buffer && buffer.owns(record)) {
                return buffer;
            }
        }
        throw new VmException("0x" + Long.toHexString(record) + " is no record of a ring buffer");
    }

    /** All memory. */
    public Memory memory() {
        return memory;
    }

    /** Puts bytes into kernel memory, where programs can read them, and gives their address. */
    public long addKernelMemory(String name, byte[] bytes) {
        return memory.add(name, bytes, Region.Access.KERNEL).address();
    }

    /** Puts bytes into user memory, where programs can read them with a helper, and gives their address. */
    public long addUserMemory(String name, byte[] bytes) {
        return memory.add(name, bytes, Region.Access.USER).address();
    }

    /** What helpers tell about where the programs run. */
    public Environment environment() {
        return environment;
    }

    /** Lets later programs run elsewhere. */
    public Vm setEnvironment(Environment newEnvironment) {
        environment = newEnvironment;
        return this;
    }

    /** The helpers that programs may call. */
    public HelperTable helpers() {
        return helpers;
    }

    /** Gives later programs other helpers. */
    public Vm setHelpers(HelperTable newHelpers) {
        helpers = newHelpers;
        return this;
    }

    /** How many instructions a program may run; 1,000,000 if not set. */
    public Vm setBudget(long instructions) {
        budget = instructions;
        return this;
    }

    long budget() {
        return budget;
    }

    /** Lets loads from bad addresses give 0, as the kernel does for pointers typed by BTF; otherwise they are errors. */
    public Vm setLenientLoads(boolean lenient) {
        lenientLoads = lenient;
        return this;
    }

    boolean lenientLoads() {
        return lenientLoads;
    }

    /** What programs wrote with trace_printk. */
    public List<String> trace() {
        return List.copyOf(trace);
    }

    void addTrace(String line) {
        trace.add(line);
    }

    int argumentCount() {
        return argumentCount;
    }

    /**
     * Runs a program.
     *
     * @param context the bytes its R1 points to; what it writes there is seen in the array
     * @return what it leaves in R0
     * @throws VmException if it does something that is not allowed
     */
    public long run(Code code, byte[] context) {
        argumentCount = context.length / 8;
        Region region = memory.add("context", context, Region.Access.PROGRAM);
        memory.releaseLater(region);
        return execute(code, region.address());
    }

    /** Runs a program at the entry of a function or at a tracepoint with these arguments, as words in its context. */
    public long runAtEntry(Code code, long... arguments) {
        return run(code, words(arguments));
    }

    /** Runs a program at the return of a function: the result lies behind the arguments. */
    public long runAtReturn(Code code, long result, long... arguments) {
        long[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = result;
        argumentCount = arguments.length;
        Region region = memory.add("context", words(all), Region.Access.PROGRAM);
        memory.releaseLater(region);
        return execute(code, region.address());
    }

    private long execute(Code code, long context) {
        try {
            long result = new Execution(this, code, context).run();
            checkRecords();
            return result;
        } finally {
            memory.releaseNow();
        }
    }

    /** The verifier lets no program end with a record that is neither submitted nor discarded. */
    private void checkRecords() {
        for (VmMap map : handles.values()) {
            if (map instanceof VmRingBuffer buffer && buffer.openRecords() > 0) {
                throw new VmException("the program ended without submitting or discarding a record of '" + map.spec().name() + "'");
            }
        }
    }

    private static byte[] words(long[] values) {
        ByteBuffer out = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            out.putLong(value);
        }
        return out.array();
    }
}
