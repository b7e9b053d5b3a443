package org.jstap.ebpf.prog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerifierLogTest {

    private static final String LOG =
            """
            func#0 @0
            0: R1=ctx() R10=fp0
            ; probe kernel.trace("x") { @ a.stp:3
            0: (b7) r0 = 0                        ; R0_w=0
            ; println($p->next) @ dir/a: b.stp:14
            1: (79) r3 = *(u64 *)(r0 +0)
            R0 invalid mem access 'scalar'
            processed 2 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
            """;

    @Test
    void findsVerdictAndSource() {
        VerifierLog log = new VerifierLog(LOG, false);
        assertThat(log.verdict()).isEqualTo("R0 invalid mem access 'scalar'");
        assertThat(log.sourceLine()).hasValue(new VerifierLog.SourceLine("println($p->next)", "dir/a: b.stp", 14));
        assertThat(log.lastLines(2))
                .containsExactly("1: (79) r3 = *(u64 *)(r0 +0)", "R0 invalid mem access 'scalar'");
        assertThat(log.summary()).hasSize(7);
    }

    @Test
    void readsTheFormBeforeLinuxSixEight() {
        VerifierLog log = new VerifierLog("; println(1)\n0: (95) exit\nR0 !read_ok\n", false);
        assertThat(log.sourceLine()).hasValue(new VerifierLog.SourceLine("println(1)", "", 0));
    }

    @Test
    void copesWithWhatItDoesNotKnow() {
        assertThat(VerifierLog.NONE.isEmpty()).isTrue();
        assertThat(VerifierLog.NONE.verdict()).isEmpty();
        assertThat(VerifierLog.NONE.sourceLine()).isEmpty();
        VerifierLog odd = new VerifierLog("; a @ b:\n; c @ d:12x\nReason: something new", true);
        assertThat(odd.sourceLine()).hasValue(new VerifierLog.SourceLine("c @ d:12x", "", 0));
        assertThat(odd.verdict()).isEqualTo("Reason: something new");
    }

    @Test
    void tellsAMissingTargetFromCodeAtFault() {
        assertThat(new VerifierLog("The address of function f cannot be found\nprocessed 0 insns (limit 1000000)\n", false).isBeforeCode())
                .isTrue();
        assertThat(new VerifierLog(LOG, false).isBeforeCode()).isFalse();
        assertThat(VerifierLog.NONE.isBeforeCode()).isFalse();
    }
}
