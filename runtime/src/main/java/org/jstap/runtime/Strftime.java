package org.jstap.runtime;

import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Names of output files by strftime(3), in the C locale. */
public final class Strftime {
    private static final Locale C = Locale.ROOT;
    private static final Locale NAMES = Locale.ENGLISH;

    private Strftime() { }

    /** The pattern with its conversions replaced; unknown ones stay as they are, as in glibc. */
    public static String format(String pattern, ZonedDateTime time) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '%' && i + 1 < pattern.length()) {
                i++;
                convert(out, pattern.charAt(i), time);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static void convert(StringBuilder out, char letter, ZonedDateTime time) {
        switch (letter) {
            case '%' -> out.append('%');
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            case 'Y' -> out.append(time.getYear());
            case 'C' -> padded(out, time.getYear() / 100, 2, '0');
            case 'y' -> padded(out, time.getYear() % 100, 2, '0');
            case 'm' -> padded(out, time.getMonthValue(), 2, '0');
            case 'd' -> padded(out, time.getDayOfMonth(), 2, '0');
            case 'e' -> padded(out, time.getDayOfMonth(), 2, ' ');
            case 'j' -> padded(out, time.getDayOfYear(), 3, '0');
            case 'H' -> padded(out, time.getHour(), 2, '0');
            case 'I' -> padded(out, time.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2, '0');
            case 'M' -> padded(out, time.getMinute(), 2, '0');
            case 'S' -> padded(out, time.getSecond(), 2, '0');
            case 'p' -> out.append(time.getHour() < 12 ? "AM" : "PM");
            case 's' -> out.append(time.toEpochSecond());
            case 'u' -> out.append(time.getDayOfWeek().getValue());
            case 'w' -> out.append(time.getDayOfWeek().getValue() % 7);
            case 'G' -> out.append(time.get(IsoFields.WEEK_BASED_YEAR));
            case 'V' -> padded(out, time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, '0');
            case 'a' -> out.append(time.getDayOfWeek().getDisplayName(TextStyle.SHORT, NAMES));
            case 'A' -> out.append(time.getDayOfWeek().getDisplayName(TextStyle.FULL, NAMES));
            case 'b', 'h' -> out.append(time.getMonth().getDisplayName(TextStyle.SHORT, NAMES));
            case 'B' -> out.append(time.getMonth().getDisplayName(TextStyle.FULL, NAMES));
            case 'F' -> out.append(format("%Y-%m-%d", time));
            case 'D', 'x' -> out.append(format("%m/%d/%y", time));
            case 'T', 'X' -> out.append(format("%H:%M:%S", time));
            case 'R' -> out.append(format("%H:%M", time));
            case 'r' -> out.append(format("%I:%M:%S %p", time));
            case 'c' -> out.append(format("%a %b %e %H:%M:%S %Y", time));
            case 'z' -> zone(out, time.getOffset().getTotalSeconds() / 60);
            case 'Z' -> out.append(time.getZone().getDisplayName(TextStyle.SHORT, C));
            default -> out.append('%').append(letter);
        }
    }

    private static void zone(StringBuilder out, int minutes) {
        out.append(minutes < 0 ? '-' : '+');
        padded(out, Math.abs(minutes) / 60 * 100 + Math.abs(minutes) % 60, 4, '0');
    }

    private static void padded(StringBuilder out, int number, int width, char fill) {
        String digits = Integer.toString(number);
        for (int i = digits.length(); i < width; i++) {
            out.append(fill);
        }
        out.append(digits);
    }
}
