package org.jstap.ebpf.spec;

/** The names the kernel accepts for its objects. */
final class KernelNames {
    /** BPF_OBJ_NAME_LEN without the final zero byte. */
    private static final int LENGTH = 15;

    private KernelNames() {
    }

    /** The name cut to 15 bytes, with everything but letters, digits, {@code _} and {@code .} made {@code _}. */
    static String shorten(String name) {
        StringBuilder out = new StringBuilder(LENGTH);
        for (int i = 0; i < name.length() && i < LENGTH; i++) {
            char c = name.charAt(i);
            boolean accepted = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.';
            out.append(accepted ? c : '_');
        }
        return out.toString();
    }
}
