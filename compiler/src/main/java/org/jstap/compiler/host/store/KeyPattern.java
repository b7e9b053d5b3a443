package org.jstap.compiler.host.store;

/** A key in which some columns match all. */
public final class KeyPattern {
    private final Key key;
    private final boolean[] any;

    public KeyPattern(Key key, boolean[] any) {
        this.key = key;
        this.any = any.clone();
    }

    public Key key() {
        return key;
    }

    /** Whether a column matches all. */
    public boolean any(int column) {
        return any[column];
    }

    public boolean matches(Cursor cursor) {
        for (int i = 0; i < any.length; i++) {
            if (!any[i] && !(key.isText(i) ? key.text(i).equals(cursor.keyText(i)) : key.number(i) == cursor.keyNumber(i))) {
                return false;
            }
        }
        return true;
    }
}
