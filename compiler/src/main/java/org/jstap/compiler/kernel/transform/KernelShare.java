package org.jstap.compiler.kernel.transform;

import java.util.List;

/** How much of a handler the kernel does of what the host could do as well. */
public enum KernelShare {
    /** What comes before the first operation that needs the host, because more did not fit. */
    LITTLE(List.of(Ability.PLAIN, Ability.TEXTS, Ability.STATISTICS, Ability.BOTH)),
    /** What costs less than a record to the host; more where the handler has to go on in the kernel with what came out. */
    CHEAP(List.of(Ability.PLAIN, Ability.TEXTS, Ability.STATISTICS, Ability.BOTH)),
    /** All that is possible. */
    MOST(List.of(Ability.TEXTS, Ability.BOTH, Ability.PLAIN, Ability.STATISTICS));

    /**
     * What the kernel does although it is dear. Adding to a bank is cheapest; so statistics are read in the kernel only where leaving
     * that to the host does not do. The same goes for texts that the host could make, but those need no lock.
     */
    enum Ability {
        PLAIN(false, false), TEXTS(false, true), STATISTICS(true, false), BOTH(true, true);

        private final boolean statistics;
        private final boolean texts;

        Ability(boolean statistics, boolean texts) {
            this.statistics = statistics;
            this.texts = texts;
        }

        boolean statistics() {
            return statistics;
        }

        boolean texts() {
            return texts;
        }
    }

    private final List<Ability> order;

    KernelShare(List<Ability> order) {
        this.order = order;
    }

    /** What is tried, one after the other. */
    List<Ability> order() {
        return order;
    }
}
