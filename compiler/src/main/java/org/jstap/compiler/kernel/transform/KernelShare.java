package org.jstap.compiler.kernel.transform;

import java.util.List;

/** How much of a handler the kernel does of what the host could do as well. */
public enum KernelShare {
    /** What comes before the first operation that needs the host, because more did not fit. */
    LITTLE(List.of(Ability.PLAIN, Ability.TEXTS, Ability.STATISTICS, Ability.BOTH, Ability.ARRAYS, Ability.ALL)),
    /** What costs less than a record to the host; more where the handler has to go on in the kernel with what came out. */
    CHEAP(List.of(Ability.PLAIN, Ability.TEXTS, Ability.STATISTICS, Ability.BOTH, Ability.ARRAYS, Ability.ALL)),
    /** All that is possible. */
    MOST(List.of(Ability.TEXTS, Ability.BOTH, Ability.PLAIN, Ability.STATISTICS, Ability.ALL, Ability.ARRAYS));

    /**
     * What the kernel does although it is dear. Adding to a bank is cheapest; so statistics are read in the kernel only where leaving
     * that to the host does not do, and arrays are gone through last. The same goes for texts that the host could make, but those need
     * no lock.
     */
    enum Ability {
        PLAIN(Reach.ADDITIONS, false), TEXTS(Reach.ADDITIONS, true), STATISTICS(Reach.STATISTICS, false), BOTH(Reach.STATISTICS, true),
        ARRAYS(Reach.ARRAYS, false), ALL(Reach.ARRAYS, true);

        private final Reach reach;
        private final boolean texts;

        Ability(Reach reach, boolean texts) {
            this.reach = reach;
            this.texts = texts;
        }

        Reach reach() {
            return reach;
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
