package org.jstap.compiler.host;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.program.Expr.Space;

/** A world in which nothing happens: a fixed clock, a fixed process, no readable memory. Keeps what the script says. */
public final class FakeServices implements HostServices {
    private final StringBuilder output = new StringBuilder();
    private final List<String> warnings = new ArrayList<>();
    private int exitCalls;

    /** Output so far, one byte per char. */
    public String output() {
        return output.toString();
    }

    public List<String> warnings() {
        return warnings;
    }

    public boolean exitRequested() {
        return exitCalls > 0;
    }

    @Override
    public void print(byte[] bytes, int offset, int length) {
        output.append(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void warn(String text) {
        warnings.add(text);
    }

    @Override
    public void requestExit() {
        exitCalls++;
    }

    @Override
    public int exitCalls() {
        return exitCalls;
    }

    @Override
    public void system(String command) { }

    @Override
    public long wallClock() {
        return 1_700_000_000_000_000_000L;
    }

    @Override
    public long monotonicClock() {
        return 5_000_000_000L;
    }

    @Override
    public long random() {
        return 4;
    }

    @Override
    public int zoneOffset() {
        return 3600;
    }

    @Override
    public String zoneName() {
        return "CET";
    }

    @Override
    public long fact(Fact fact) {
        return switch (fact) {
            case TICKS_PER_SECOND -> 250;
            case PAGE_SIZE -> 4096;
            case LAST_MEMORY_NODE -> 1;
            case TARGET -> 0;
            default -> 1000 + fact.ordinal();
        };
    }

    @Override
    public String executableName() {
        return "stapio";
    }

    @Override
    public String executableName(long process) {
        return "";
    }

    @Override
    public Optional<Symbol> symbol(long address) {
        return address == 0x1010 ? Optional.of(new Symbol("some_function", 0x10, 0x40, "")) : Optional.empty();
    }

    @Override
    public int read(Space space, long address, byte[] destination) {
        return 0;
    }
}
