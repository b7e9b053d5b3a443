package org.jstap.compiler.host.function;

import org.jstap.compiler.host.Fault;

/** Dates as C's ctime writes them. */
public final class TimeFunctions {
    private static final long DAY = 86_400;
    /** Days before the epoch at which eras of 400 years begin, with a March. */
    public static final long DAYS_BEFORE = 719_468;
    public static final String TOO_EARLY = "Time too far in the past to be converted";
    public static final String TOO_LATE = "Time too far in the future to be converted";
    /** From the day of the epoch on. */
    public static final String WEEKDAYS = "ThuFriSatSunMonTueWed";
    public static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private TimeFunctions() { }

    /** The whole part of one of the load averages, which are numbers with two decimals and blanks between them. */
    static long loadAverage(String averages, long index) {
        if (index < 0 || index > 2) {
            throw new Fault("there is no load average " + index + ": expected 0, 1 or 2");
        }
        if (averages.isEmpty()) {
            throw new Fault("the load averages cannot be read");
        }
        String average = averages.split(" ")[(int) index];
        return Long.parseLong(average.substring(0, average.indexOf('.')));
    }

    /** {@code Wed Jun 30 21:49:08 1993}. */
    static String date(long seconds) {
        if (seconds > Integer.MAX_VALUE) {
            throw new Fault(TOO_LATE);
        }
        if (seconds < Integer.MIN_VALUE) {
            throw new Fault(TOO_EARLY);
        }
        long days = Math.floorDiv(seconds, DAY);
        long second = Math.floorMod(seconds, DAY);
        // Civil date from days since 1970-03-01 in eras of 400 years, months counted from March.
        long shifted = days + DAYS_BEFORE;
        long era = Math.floorDiv(shifted, 146_097);
        long dayOfEra = Math.floorMod(shifted, 146_097);
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long fromMarch = (5 * dayOfYear + 2) / 153;
        long day = dayOfYear - (153 * fromMarch + 2) / 5 + 1;
        long month = fromMarch < 10 ? fromMarch + 2 : fromMarch - 10;
        long year = yearOfEra + era * 400 + (month <= 1 ? 1 : 0);
        return name(WEEKDAYS, Math.floorMod(days, 7)) + " " + name(MONTHS, month) + " " + padded(day, ' ') + " "
                + padded(second / 3600, '0') + ":" + padded(second / 60 % 60, '0') + ":" + padded(second % 60, '0') + " " + year;
    }

    private static String name(String names, long index) {
        int at = (int) index * 3;
        return names.substring(at, at + 3);
    }

    private static String padded(long number, char pad) {
        return number < 10 ? pad + Long.toString(number) : Long.toString(number);
    }
}
