package org.jstap.cli.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;

/**
 * A program for x86-64 that passes its marks a known number of times, as a file of its own: neither a compiler nor a program with
 * marks is on every machine. The notes are those that sys/sdt.h makes (SystemTap's wiki, UserSpaceProbeImplementation).
 */
final class ProgramWithMarks {
    static final String PROVIDER = "jstap_test";
    /** Passed in each round with the round (from 1) in a register and on the stack, and the constant -7. */
    static final String ROUND = "round";
    /** Passed in each round while somebody watches it, which the program sees by a counter. */
    static final String WATCHED = "watched";

    private static final long TEXT = 0x400000;
    private static final long DATA = 0x401000;
    private static final int PAGE = 0x1000;
    private static final int CODE = 0x200;
    private static final int NOTES = 0x400;
    private static final int BASE = 0x600;
    private static final int NAMES = 0x700;
    private static final int SECTIONS = 0x800;
    private static final int HEADER = 64;
    private static final int SEGMENT = 56;
    private static final int SECTION = 64;
    /** By how much the file is said to have been moved after its notes were made. */
    private static final long MOVED = 0x10000;
    private static final String[] SECTION_NAMES = {"", ".text", ".note.stapsdt", ".stapsdt.base", ".probes", ".shstrtab"};

    private ProgramWithMarks() { }

    static void write(Path file, int rounds) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(2 * PAGE).order(ByteOrder.LITTLE_ENDIAN);
        byte[] code = code(rounds);
        out.put(CODE, code);
        int notes = notes(out.slice(NOTES, BASE - NOTES).order(ByteOrder.LITTLE_ENDIAN));
        byte[] names = String.join("\0", SECTION_NAMES).concat("\0").getBytes(StandardCharsets.ISO_8859_1);
        out.put(NAMES, names);
        header(out);
        // PT_LOAD, readable and executable, then readable and writable.
        segment(out, HEADER, 5, 0, TEXT);
        segment(out, HEADER + SEGMENT, 6, PAGE, DATA);
        section(out, 1, 1, 6, TEXT + CODE, CODE, code.length);
        section(out, 2, 7, 0, 0, NOTES, notes);
        section(out, 3, 1, 2, TEXT + BASE, BASE, 1);
        section(out, 4, 1, 3, DATA, PAGE, 2);
        section(out, 5, 3, 0, 0, NAMES, names.length);
        Files.write(file, out.array());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static byte[] code(int rounds) {
        return HexFormat.of().parseHex(String.join("",
                "31db",                 // xor ebx, ebx
                "ffc3",                 // inc ebx
                "53",                   // push rbx
                "90",                   // the mark ROUND
                "5b",                   // pop rbx
                "66833c250010400000",   // cmp word [DATA], 0
                "7401",                 // je, over
                "90",                   // the mark WATCHED
                "81fb" + HexFormat.of().toHexDigits(Integer.reverseBytes(rounds)), // cmp ebx, rounds
                "75e7",                 // jne, to inc
                "b8e7000000",           // mov eax, 231: exit_group
                "31ff",                 // xor edi, edi
                "0f05"));               // syscall
    }

    private static int notes(ByteBuffer out) {
        note(out, TEXT + CODE + 5, 0, ROUND, "-4@%ebx 8@(%rsp) -4@$-7");
        note(out, TEXT + CODE + 18, DATA, WATCHED, "4@%ebx");
        return out.position();
    }

    private static void note(ByteBuffer out, long address, long semaphore, String name, String arguments) {
        byte[] texts = (PROVIDER + "\0" + name + "\0" + arguments + "\0").getBytes(StandardCharsets.ISO_8859_1);
        out.putInt(8).putInt(24 + texts.length).putInt(3).put("stapsdt\0".getBytes(StandardCharsets.ISO_8859_1));
        out.putLong(address - MOVED).putLong(TEXT + BASE - MOVED).putLong(semaphore == 0 ? 0 : semaphore - MOVED).put(texts);
        out.position((out.position() + 3) / 4 * 4);
    }

    private static void header(ByteBuffer out) {
        out.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        // An executable for x86-64.
        out.putShort(16, (short) 2).putShort(18, (short) 62).putInt(20, 1);
        out.putLong(24, TEXT + CODE).putLong(32, HEADER).putLong(40, SECTIONS);
        out.putShort(52, (short) HEADER).putShort(54, (short) SEGMENT).putShort(56, (short) 2);
        out.putShort(58, (short) SECTION).putShort(60, (short) SECTION_NAMES.length).putShort(62, (short) (SECTION_NAMES.length - 1));
    }

    private static void segment(ByteBuffer out, int at, int flags, long offset, long address) {
        out.putInt(at, 1).putInt(at + 4, flags).putLong(at + 8, offset).putLong(at + 16, address).putLong(at + 24, address);
        out.putLong(at + 32, PAGE).putLong(at + 40, PAGE).putLong(at + 48, PAGE);
    }

    private static void section(ByteBuffer out, int index, int type, long flags, long address, long offset, long size) {
        int name = 0;
        for (int i = 0; i < index; i++) {
            name += SECTION_NAMES[i].length() + 1;
        }
        int at = SECTIONS + index * SECTION;
        out.putInt(at, name).putInt(at + 4, type).putLong(at + 8, flags).putLong(at + 16, address).putLong(at + 24, offset);
        out.putLong(at + 32, size).putLong(at + 48, 4);
    }
}
