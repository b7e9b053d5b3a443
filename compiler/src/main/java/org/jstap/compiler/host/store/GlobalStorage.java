package org.jstap.compiler.host.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.host.Limits;
import org.jstap.compiler.host.stat.Buckets;
import org.jstap.compiler.host.stat.StatValue;
import org.jstap.compiler.program.Constant;
import org.jstap.compiler.program.Global;

/** The stores of all globals of a session, by {@link Global#id()}. */
public final class GlobalStorage {
    private final List<GlobalStore> stores;

    private GlobalStorage(List<GlobalStore> stores) {
        this.stores = stores;
    }

    /** Every global in the JVM, with its initial value. */
    public static GlobalStorage inJvm(List<Global> globals, Limits limits) {
        List<GlobalStore> stores = new ArrayList<>(globals.size());
        for (Global global : globals) {
            stores.add(create(global, limits));
        }
        return new GlobalStorage(stores);
    }

    /** The same, but for one global that lives elsewhere. */
    public GlobalStorage with(int global, GlobalStore store) {
        List<GlobalStore> changed = new ArrayList<>(stores);
        changed.set(global, store);
        return new GlobalStorage(changed);
    }

    /** A store in the JVM for one global, as {@link #inJvm} makes it. */
    public static GlobalStore create(Global global, Limits limits) {
        StatValue empty = emptyStatistic(global);
        if (global.isArray()) {
            return new HostArray(global.keys(), global.value(), global.size().orElse(limits.maxMapEntries()),
                    global.size().isPresent(), global.wrap(), empty);
        }
        return switch (global.value()) {
            case STATS -> new HostStat(empty);
            case STRING -> new HostText(initialText(global, limits));
            case LONG, VOID -> new HostNumber(initialNumber(global));
        };
    }

    /** An empty statistic with what the global has to remember. */
    public static StatValue emptyStatistic(Global global) {
        Optional<Buckets> buckets = global.shape().histogram().isPresent()
                && Buckets.problem(global.shape().histogram().get()).isEmpty()
                ? Optional.of(Buckets.of(global.shape().histogram().get())) : Optional.empty();
        return new StatValue(global.shape().bitShift(), buckets);
    }

    public GlobalStore get(int global) {
        return stores.get(global);
    }

    public NumberStore number(int global) {
        return (NumberStore) stores.get(global);
    }

    public TextStore text(int global) {
        return (TextStore) stores.get(global);
    }

    public StatStore statistic(int global) {
        return (StatStore) stores.get(global);
    }

    public ArrayStore array(int global) {
        return (ArrayStore) stores.get(global);
    }

    private static long initialNumber(Global global) {
        return global.initial().isPresent() && global.initial().get() instanceof Constant.Number number ? number.value() : 0;
    }

    private static String initialText(Global global, Limits limits) {
        if (global.initial().isPresent() && global.initial().get() instanceof Constant.Text text) {
            String value = text.value();
            return value.length() > limits.textBytes() ? value.substring(0, limits.textBytes()) : value;
        }
        return "";
    }
}
