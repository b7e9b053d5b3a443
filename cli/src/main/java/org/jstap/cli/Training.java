package org.jstap.cli;

/**
 * What the ahead-of-time cache is recorded from: short runs of what users do most, one after the other in one JVM, each by
 * {@link Main#run}. Classes and linked call sites that these runs need are there at once in every later start; what they miss is
 * read from the archive and verified then: ten milliseconds for the first, which opens the archive, and a tenth for each.
 *
 * <p>Where the kernel refuses (no privilege, no such probe), the way up to there is recorded all the same.
 */
public final class Training {
    private static final String HELLO = "probe begin { printf(\"hello\\n\"); exit() }";

    /** Statistics by keys, and a sorted report that clears them. The events are ones that happen on every machine. */
    private static final String REPORT = """
            global sent, received, switches, merged, sizes
            probe netdev.transmit { sent[pid(), dev_name, execname(), uid()] <<< length }
            probe netdev.receive { received[pid(), dev_name, execname(), uid()] <<< length }
            probe kernel.trace("sched_switch") { switches[pid(), execname()] <<< 1; sizes <<< pid() }
            function report() {
                printf("%5s %5s %-7s %7s %-15s\\n", "PID", "UID", "DEV", "COUNT", "COMMAND")
                foreach ([pid, dev, exec, uid] in sent) merged[pid, exec] += @count(sent[pid, dev, exec, uid])
                foreach ([pid, exec] in switches) merged[pid, exec] += @count(switches[pid, exec])
                foreach ([pid, exec] in merged- limit 20)
                    printf("%5d %7d %-15s\\n", pid, merged[pid, exec] ? @sum(switches[pid, exec]) / 1024 : 0, exec)
                print(@hist_log(sizes))
                print("\\n")
                delete sent
                delete received
                delete switches
                delete merged
            }
            probe timer.ms(100), end, error { report() }
            """;

    /** Lines printed by kernel handlers. */
    private static final String LINES = """
            global calls
            probe kernel.trace("sched_switch") {
                calls++
                printf("%d %s(%d) cpu %d\\n", gettimeofday_us(), execname(), tid(), cpu())
            }
            probe end { printf("%d\\n", calls) }
            """;

    private static final String FUNCTIONS = """
            probe kernel.function("tcp_*") { printf("%s -> %s\\n", thread_indent(1), probefunc()) }
            probe kernel.function("tcp_sendmsg").return { printf("%s <- %d\\n", thread_indent(-1), $return) }
            """;

    /** What else scripts are made of: conditions on arguments, members of structs, texts, loops that are left, system calls. */
    private static final String LANGUAGE = """
            global most = 20, mark = "-", traffic, bytes, opened
            probe begin {
                if (most < 1 || strlen(mark) > 5) error("none wanted")
                printf("%s every %d s\\n", mark, %( $# > 0 %? $1 %: 5 %))
            }
            probe netdev.transmit {
                if (execname() == "swapper" || length == 0) next
                traffic[pid(), dev_name, peer(protocol, $skb->head + $skb->network_header)] <<< length
            }
            probe syscall.openat { opened[tid()] = argstr }
            probe syscall.openat.return {
                try { printf("%s %s = %s\\n", execname(), opened[tid()], retstr) } catch (what) { warn(what) }
                delete opened[tid()]
            }
            probe timer.s(1) {
                foreach ([pid, dev, peer] in traffic) {
                    if (peer == "") continue
                    bytes[pid, peer] += @sum(traffic[pid, dev, peer])
                }
                foreach ([pid, peer+] in bytes) {
                    if (lines++ >= most) break
                    print(amount(bytes[pid, peer]) . mark . sprintf("%-10s\\n", peer))
                }
                for (i = 0; i < 3; i++) while (i < 2) i++
            }
            function peer:string (protocol:long, header:long) {
                if (protocol == htons(0x0800))
                    return format_ipaddr(@cast(header, "struct iphdr")->daddr, AF_INET())
                return protocol == htons(0x0806) ? "(ARP)" : ""
            }
            function amount:string (bytes:long) {
                if (bytes < 10000) return sprintf("%d B", bytes)
                return sprintf("%d kB", bytes / 1000)
            }
            """;

    private static final String USER_CODE = """
            probe process("/bin/sh").begin { printf("%d %s\\n", pid(), cmdline_str()) }
            probe process("/bin/sh").function("*printf*") ?, process.end { print(ppfunc()) }
            """;

    private Training() { }

    public static void main(String[] words) {
        Main.run("-e", HELLO);
        Main.run("-c", "sleep 0.3", "-e", REPORT);
        Main.run("-v", "-c", "sleep 0.1", "-e", LINES);
        Main.run("-p", "4", "-e", FUNCTIONS);
        Main.run("-c", "sleep 0.1", "-e", LANGUAGE);
        Main.run("-p", "4", "-e", LANGUAGE, "2");
        Main.run("-p", "4", "-e", USER_CODE);
        Main.run("-l", "netdev.*");
        Main.run("-e", HELLO.replace("exit", "exti"));
        // As Main ends, so that this way is recorded too.
        Runtime.getRuntime().halt(0);
    }
}
