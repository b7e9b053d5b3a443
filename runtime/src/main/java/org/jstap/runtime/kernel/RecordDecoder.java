package org.jstap.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.host.ErrorText;
import org.jstap.compiler.host.HostServices;
import org.jstap.compiler.host.Limits;
import org.jstap.compiler.host.ScriptError;
import org.jstap.compiler.host.function.HostIntrinsics;
import org.jstap.compiler.host.stat.Buckets;
import org.jstap.compiler.host.stat.StatValue;
import org.jstap.compiler.host.text.Arguments;
import org.jstap.compiler.host.text.Formatter;
import org.jstap.compiler.host.text.HistogramPrinter;
import org.jstap.compiler.host.text.MemoryReader;
import org.jstap.compiler.host.text.TextBuffer;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.Output;
import org.jstap.compiler.kernel.layout.Field;
import org.jstap.compiler.kernel.layout.RecordLayout;
import org.jstap.compiler.kernel.transform.SiteNames;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.compiler.program.Type;
import org.jstap.runtime.KernelSide;

/** Makes text, errors and requests of records. For one thread. */
final class RecordDecoder {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    private final List<RecordLayout> layouts;
    private final List<IrHandler> handlers;
    private final Limits limits;
    private final Formatter formatter;
    private final HostIntrinsics intrinsics;
    private final TextBuffer text = new TextBuffer();
    /** By the numbers of layouts; null where none was needed yet. */
    private final List<Optional<PlainText>> plain = new ArrayList<>();
    private final RecordedMemory recorded = new RecordedMemory();
    private int nextField;
    private int lastHandler = -1;
    private int lastRecord;

    /** @param handlers those of the kernel */
    RecordDecoder(List<RecordLayout> layouts, List<IrHandler> handlers, Limits limits, HostServices services) {
        this.layouts = layouts;
        this.handlers = handlers;
        this.limits = limits;
        this.formatter = new Formatter(recorded);
        this.intrinsics = new HostIntrinsics(new RecordContext(limits, services));
    }

    void decode(MemorySegment record, KernelSide.Events events) {
        RecordLayout layout = layouts.get(record.get(INT, RecordLayout.ID));
        if (events.isOver() && !continues(layout)) {
            return;
        }
        lastHandler = layout.handler();
        lastRecord = layout.id();
        int site = record.get(INT, RecordLayout.SITE);
        nextField = 0;
        recorded.clear();
        switch (layout.payload()) {
            case RecordLayout.Text payload -> {
                text.clear();
                Optional<PlainText> plain = plain(layout, payload);
                if (plain.isEmpty() || !plain.get().append(record, text)) {
                    append(payload.output(), layout, record, site, text);
                }
                events.print(text.bytes(), 0, text.length());
            }
            case RecordLayout.Message payload -> {
                String message = string(payload.output(), layout, record, site);
                events.warning(message);
            }
            case RecordLayout.Failure payload -> {
                String message = payload.text(record.get(LONG, RecordLayout.HEADER));
                events.error(ErrorText.line(ScriptError.at(payload.span(), message), point(layout, site)));
            }
            case RecordLayout.ScriptError payload -> {
                String message = string(payload.output(), layout, record, site);
                events.error(ErrorText.line(ScriptError.at(payload.span(), message), point(layout, site)));
            }
            case RecordLayout.Histogram payload -> {
                text.clear();
                HistogramPrinter.print(statistic(payload, layout.fields().getFirst(), record), limits.histogramElision(), text);
                events.print(text.bytes(), 0, text.length());
            }
            case RecordLayout.Exit _ -> events.exit();
            case RecordLayout.Block payload -> {
                Arguments arguments = new Arguments(layout.fields().size());
                for (int i = 0; i < layout.fields().size(); i++) {
                    value(arguments, i, layout.fields().get(i), record);
                }
                events.block(point(layout, site), handler(layout).point(), payload.block(), arguments);
            }
        }
    }

    private static StatValue statistic(RecordLayout.Histogram payload, Field field, MemorySegment record) {
        long[] counts = new long[field.size() / Long.BYTES];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = record.get(LONG, field.offset() + (long) Long.BYTES * i);
        }
        StatValue value = new StatValue(0, Optional.of(Buckets.of(payload.shape())));
        value.merge(1, 0, 0, 0, 0, 0, counts);
        return value;
    }

    /** Whether a record can be of the same run of a handler as the last one: records are numbered in the order of the handler. */
    private boolean continues(RecordLayout layout) {
        return layout.handler() == lastHandler && layout.id() > lastRecord;
    }

    private Optional<PlainText> plain(RecordLayout layout, RecordLayout.Text payload) {
        while (plain.size() <= layout.id()) {
            plain.add(null);
        }
        Optional<PlainText> known = plain.get(layout.id());
        if (known == null) {
            known = PlainText.of(layout, payload.output());
            plain.set(layout.id(), known);
        }
        return known;
    }

    private ProbeSite site(RecordLayout layout, int site) {
        return handler(layout).sites().get(site);
    }

    private IrHandler handler(RecordLayout layout) {
        for (IrHandler handler : handlers) {
            if (handler.id() == layout.handler()) {
                return handler;
            }
        }
        throw new IllegalStateException("no handler " + layout.handler());
    }

    private String point(RecordLayout layout, int site) {
        return site(layout, site).text();
    }

    private String string(Output output, RecordLayout layout, MemorySegment record, int site) {
        TextBuffer buffer = new TextBuffer();
        append(output, layout, record, site, buffer);
        return buffer.textFrom(0, limits.textBytes());
    }

    private void append(Output output, RecordLayout layout, MemorySegment record, int site, TextBuffer buffer) {
        Arguments arguments = new Arguments(output.arguments().size());
        for (int i = 0; i < output.arguments().size(); i++) {
            switch (output.arguments().get(i)) {
                case Output.Value _ -> {
                    Field field = layout.fields().get(nextField++);
                    if (takesMemory(output, i)) {
                        arguments.set(i, recorded.keep(record.asSlice(field.offset(), field.size())));
                    } else {
                        value(arguments, i, field, record);
                    }
                }
                case Output.Nested nested -> arguments.set(i, string(nested.output(), layout, record, site));
                case Output.Deferred deferred -> arguments.set(i, deferred(deferred, layout, record, site));
            }
        }
        formatter.format(output.format(), arguments, buffer);
    }

    private static boolean takesMemory(Output output, int argument) {
        int next = 0;
        for (PrintFormat.Part part : output.format().parts()) {
            if (part instanceof PrintFormat.Choice choice) {
                next += choice.arguments();
            } else if (part instanceof PrintFormat.Conversion conversion) {
                next += conversion.arguments();
                if (next > argument) {
                    return next - 1 == argument && (conversion.letter() == 'm' || conversion.letter() == 'M');
                }
            }
        }
        return false;
    }

    /** Memory that a handler has read for {@code %m}; the numbers that it gives out stand for addresses. */
    private static final class RecordedMemory implements MemoryReader {
        private final List<MemorySegment> kept = new ArrayList<>();

        long keep(MemorySegment bytes) {
            kept.add(bytes);
            return kept.size() - 1L;
        }

        void clear() {
            kept.clear();
        }

        @Override
        public byte[] read(long number, int size) {
            return kept.get((int) number).asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private static void value(Arguments arguments, int index, Field field, MemorySegment record) {
        if (field.type() == Type.STRING) {
            arguments.set(index, Segments.text(record, field.offset(), field.size()));
        } else {
            arguments.set(index, record.get(LONG, field.offset()));
        }
    }

    private String deferred(Output.Deferred deferred, RecordLayout layout, MemorySegment record, int site) {
        if (deferred.intrinsic() == Intrinsic.PROBEFUNC) {
            return SiteNames.function(site(layout, site));
        }
        if (deferred.intrinsic() == Intrinsic.PP) {
            return point(layout, site);
        }
        Arguments arguments = new Arguments(deferred.operands().size());
        for (int i = 0; i < deferred.operands().size(); i++) {
            value(arguments, i, layout.fields().get(nextField++), record);
        }
        return intrinsics.call(deferred.intrinsic(), arguments).text();
    }
}
