package org.jstap.compiler.kernel.emit;

import java.util.Optional;

/**
 * What all programs of a script share, and fill as they are emitted.
 *
 * @param times present where programs measure how long they take
 */
record Tables(Texts texts, Records records, SiteTables siteTables, RegexTables regexTables, Deletions deletions,
              Counters counters, Optional<TimeTable> times) { }
