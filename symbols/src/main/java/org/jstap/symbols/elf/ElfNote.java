package org.jstap.symbols.elf;

/**
 * One note.
 *
 * @param owner the name field, {@code GNU} or {@code stapsdt} for example
 * @param type meaning depends on the owner
 * @param descriptor the content; the caller's own copy
 */
public record ElfNote(String owner, int type, byte[] descriptor) {
    static final int GNU_BUILD_ID = 3;
}
