package org.jstap.compiler.host.node;

/** Registers of one call: numbers and strings are numbered apart; constants have registers of their own. */
final class Frame {
    final long[] numbers;
    final String[] texts;
    long result;
    String resultText = "";

    Frame(long[] numbers, String[] texts) {
        this.numbers = numbers;
        this.texts = texts;
    }
}
