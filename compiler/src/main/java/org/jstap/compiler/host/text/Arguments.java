package org.jstap.compiler.host.text;

/** Values for a format or an intrinsic, by position, each a number or a string; and what an intrinsic returned. */
public final class Arguments {
    private final long[] numbers;
    private final String[] texts;
    private long number;
    private String text = "";

    public Arguments(int count) {
        numbers = new long[count];
        texts = new String[count];
    }

    public void set(int index, long value) {
        numbers[index] = value;
    }

    public void set(int index, String value) {
        texts[index] = value;
    }

    public int count() {
        return numbers.length;
    }

    public long number(int index) {
        return numbers[index];
    }

    public String text(int index) {
        return texts[index];
    }

    /** Result of an intrinsic. */
    public Arguments result(long value) {
        number = value;
        return this;
    }

    /** Result of an intrinsic. */
    public Arguments result(String value) {
        text = value;
        return this;
    }

    public Arguments result(boolean value) {
        number = value ? 1 : 0;
        return this;
    }

    public long number() {
        return number;
    }

    public String text() {
        return text;
    }
}
