package org.jstap.compiler.host.function;

/** Lists of words written as one text. */
final class Words {
    private Words() { }

    /** The word at an index from 0, "" where there is none. */
    static String at(String list, long index) {
        long left = index;
        int from = 0;
        for (int i = 0; i < list.length() && left >= 0; i++) {
            if (list.charAt(i) <= ' ') {
                if (i > from && left-- == 0) {
                    return list.substring(from, i);
                }
                from = i + 1;
            }
        }
        return "";
    }
}
