package org.jstap.compiler.probe;

import java.util.HashMap;
import java.util.Map;

/** Names of the kernel's headers for netfilter (include/uapi/linux/netfilter*.h) and their numbers. */
final class NetfilterNames {
    static final int IPV4 = 2;
    static final int ARP = 3;
    static final int BRIDGE = 7;
    static final int IPV6 = 10;
    static final int LAST_HOOK = 4;

    static final Map<String, Integer> FAMILIES = Map.of("NFPROTO_UNSPEC", 0, "NFPROTO_INET", 1, "NFPROTO_IPV4", IPV4,
            "NFPROTO_ARP", ARP, "NFPROTO_NETDEV", 5, "NFPROTO_BRIDGE", BRIDGE, "NFPROTO_IPV6", IPV6, "PF_INET", IPV4,
            "PF_INET6", IPV6, "PF_BRIDGE", BRIDGE);

    static final Map<String, Integer> HOOKS = hooks();

    static final Map<String, Integer> PRIORITIES = priorities();

    private NetfilterNames() { }

    private static Map<String, Integer> hooks() {
        Map<String, Integer> hooks = new HashMap<>();
        String[] names = {"PRE_ROUTING", "LOCAL_IN", "FORWARD", "LOCAL_OUT", "POST_ROUTING"};
        for (int i = 0; i < names.length; i++) {
            for (String family : new String[] {"NF_INET_", "NF_IP_", "NF_IP6_", "NF_BR_"}) {
                hooks.put(family + names[i], i);
            }
        }
        hooks.put("NF_ARP_IN", 0);
        hooks.put("NF_ARP_OUT", 1);
        hooks.put("NF_ARP_FORWARD", 2);
        return hooks;
    }

    private static Map<String, Integer> priorities() {
        Map<String, Integer> priorities = new HashMap<>();
        for (String family : new String[] {"NF_IP_PRI_", "NF_IP6_PRI_"}) {
            priorities.put(family + "FIRST", Integer.MIN_VALUE);
            priorities.put(family + "RAW_BEFORE_DEFRAG", -450);
            priorities.put(family + "CONNTRACK_DEFRAG", -400);
            priorities.put(family + "RAW", -300);
            priorities.put(family + "SELINUX_FIRST", -225);
            priorities.put(family + "CONNTRACK", -200);
            priorities.put(family + "MANGLE", -150);
            priorities.put(family + "NAT_DST", -100);
            priorities.put(family + "FILTER", 0);
            priorities.put(family + "SECURITY", 50);
            priorities.put(family + "NAT_SRC", 100);
            priorities.put(family + "SELINUX_LAST", 225);
            priorities.put(family + "CONNTRACK_HELPER", 300);
            priorities.put(family + "LAST", Integer.MAX_VALUE);
        }
        priorities.put("NF_IP_PRI_CONNTRACK_CONFIRM", Integer.MAX_VALUE);
        return priorities;
    }
}
