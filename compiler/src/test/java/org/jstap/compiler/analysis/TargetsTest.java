package org.jstap.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.jstap.compiler.FixtureKernel;
import org.jstap.compiler.Scripts;
import org.jstap.compiler.program.Program;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private static String printed(String point, String statements) {
        return ProgramPrinter.print(Scripts.program("probe " + point + " { " + statements + " }"));
    }

    @Test
    void argumentsOfTracepointsHaveTheirNames() {
        assertThat(printed("kernel.trace(\"kfree_skb\")", "println($location)")).contains("printf(\"%d\\n\", $location)");
    }

    @Test
    void chainsOfMembersAreLoadsAtTheirOffsets() {
        assertThat(printed("kernel.trace(\"net_dev_queue\")", "println($skb->len); println($skb->dev->mtu)"))
                .containsPattern("\\*\\(unsigned int \\*\\)\\(\\$skb \\+ \\d+\\)")
                .containsPattern("\\*\\(unsigned int \\*\\)\\(\\*\\(struct net_device\\* \\*\\)\\(\\$skb \\+ \\d+\\) \\+ \\d+\\)");
    }

    @Test
    void bitFieldsAndElements() {
        assertThat(printed("kernel.trace(\"kfree_skb\")", "println($skb->pkt_type, $skb->cb[3], $skb->cb[pid()])"))
                .contains("bits 0..2").contains("pid()");
    }

    @Test
    void arraysAreTheirAddress() {
        assertThat(printed("kernel.trace(\"net_dev_queue\")", "println(kernel_string($skb->dev->name), &$skb->len)"))
                .containsPattern("kernel_string\\(\\*\\(struct net_device\\* \\*\\)\\(\\$skb \\+ \\d+\\)( \\+ \\d+)?\\)")
                .containsPattern("\\$skb \\+ \\d+\\)");
    }

    @Test
    void typesFollowVariablesAndCasts() {
        String text = printed("kernel.trace(\"kfree_skb\")", "s = $skb; println(s->len, @cast(s, \"sk_buff\")->data_len, task_current()->pid)");
        assertThat(text).contains("*(unsigned int *)(s + ").contains("*(pid_t *)(task_current() + ");
    }

    @Test
    void typesFollowAddressesBranchesAndOtherVariables() {
        assertThat(printed("kernel.trace(\"kfree_skb\")", "d = $skb->dev; other = d; println(other->mtu)"))
                .contains("*(unsigned int *)(other + ");
        assertThat(printed("kernel.function(\"tcp_sendmsg\")", "s = &$sk->__sk_common; println(s->skc_num)"))
                .contains("*(__u16 *)(s + ");
        assertThat(printed("kernel.trace(\"kfree_skb\")", "s = pid() ? $skb : 0; println(s->len)")).contains("*(unsigned int *)(s + ");
    }

    @Test
    void typesFollowVariablesThatAliasesSet() {
        String text = ProgramPrinter.print(Scripts.program("""
                probe one = kernel.trace("kfree_skb") { it = $skb }
                probe two = kernel.function("tcp_sendmsg") { it = &$sk->__sk_common }
                probe one { println(it->len) }
                probe two { println(it->skc_num) }
                """));
        assertThat(text).contains("*(unsigned int *)(it + ").contains("*(__u16 *)(it + ");
    }

    @Test
    void resultsOfFunctions() {
        assertThat(printed("kernel.function(\"inet_csk_accept\").return", "println($return->__sk_common->skc_num)"))
                .containsPattern("\\*\\(__u16 \\*\\)\\(\\$return \\+ \\d+\\)");
        assertThat(Scripts.errors("probe kernel.function(\"inet_csk_accept\") { println($return) }")).singleElement().asString()
                .contains("$return is known in .return probes");
    }

    @Test
    void whatIsNotThereIsNamedWithWhatIs() {
        assertThat(Scripts.errors("probe kernel.trace(\"kfree_skb\") { println($locatin) }")).singleElement().asString()
                .startsWith("1:43 ").contains("alternatives: $skb $location");
        assertThat(Scripts.errors("probe kernel.trace(\"kfree_skb\") { println($skb->leng) }")).singleElement().asString()
                .startsWith("1:47 ").contains("alternatives: len");
        assertThat(Scripts.errors("probe kernel.trace(\"kfree_skb\") { println($skb->cb->x) }")).hasSize(1);
    }

    @Test
    void definedKillsTheBranchThatDoesNotResolve() {
        assertThat(printed("kernel.trace(\"kfree_skb\")",
                "if (@defined($nosuch)) println($nosuch); else println(@defined($skb->nope) ? $skb->nope : $skb->len)"))
                .doesNotContain("nope").contains("$skb");
        assertThat(printed("kernel.trace(\"kfree_skb\")", "println(@choose_defined($nosuch, $skb)->len)")).contains("$skb + ");
    }

    @Test
    void unresolvedInDeadCodeIsNoError() {
        assertThat(Scripts.errors("probe kernel.trace(\"kfree_skb\") { if (0) println($nosuch); exit() }")).isEmpty();
    }

    @Test
    void argumentsAsText() {
        assertThat(printed("kernel.trace(\"kfree_skb\")", "println($$parms)"))
                .contains("skb=%#x location=%#x reason=%#x").contains("$skb, $location, $reason");
        assertThat(printed("kernel.trace(\"net_dev_queue\")", "println($skb->dev->name$)")).contains("\\\"%s\\\"");
    }

    @Test
    void sitesThatResolveAlikeShareAHandler() {
        Program unlike = Scripts.program("probe kernel.function(\"tcp_sendmsg\"), kernel.function(\"tcp_*msg\") { println($sk->__sk_common->skc_num) }");
        assertThat(unlike.handlers()).hasSize(2);
        assertThat(unlike.handlers().get(1).sites()).hasSizeGreaterThan(1);
        Program alike = Scripts.program("probe kernel.function(\"*@net/socket.c\") { println(probefunc()) }");
        assertThat(alike.handlers()).hasSize(1);
        assertThat(alike.handlers().getFirst().sites()).hasSize(5);
    }

    @Test
    void parametersMakeNoHandlersOfTheirOwn() {
        Program parms = Scripts.program("probe kernel.function(\"*@net/socket.c\").call { println(probefunc(), \" \", $$parms) }");
        assertThat(parms.handlers()).singleElement().satisfies(handler -> assertThat(handler.sites()).hasSize(5));
        Program shown = Scripts.program("probe kernel.function(\"*@net/socket.c\").call { println($$parms$) }");
        assertThat(shown.handlers()).hasSizeGreaterThan(1);
        Program one = Scripts.program("probe kernel.function(\"__sys_bind\").call { println($$parms) }");
        assertThat(org.jstap.compiler.analysis.ProgramPrinter.print(one)).contains("fd=%#x umyaddr=%#x addrlen=%#x")
                .contains("$fd, $umyaddr, $addrlen");
    }

    @Test
    void resultsOfTheSameSizeShareAHandler() {
        Program program = Scripts.program("probe kernel.function(\"__sys_bind\").return, kernel.function(\"__sys_socket\").return {"
                + " println($return) } probe kernel.function(\"__sys_*@net/socket.c\").return { println($return) }");
        assertThat(program.handlers()).hasSize(3);
        assertThat(program.handlers().getLast().sites()).hasSize(2);
    }

    @Test
    void memoryOfTheKernelIsNotWritten() {
        assertThat(Scripts.errors("probe kernel.trace(\"kfree_skb\") { $skb = 1; exit() }")).singleElement().asString()
                .contains("need stap -g");
    }

    @Test
    void aKernelWithoutTypesSaysSo() {
        assertThat(Scripts.errors(Scripts.analyse("probe kernel.function(\"sock_alloc\") { println($x) }", new FixtureKernel(false),
                AnalysisOptions.DEFAULT))).singleElement().asString().contains("no type information (BTF)");
    }

    @Test
    void whatNeedsDebuginfoIsRefusedByName() {
        assertThat(Scripts.errors("probe kernel.trace(\"kfree_skb\") { println(@var(\"jiffies\")) }")).singleElement().asString()
                .contains("@var needs debuginfo");
    }
}
