package org.jstap.compiler.analysis;

import java.util.List;
import java.util.Optional;
import org.jstap.compiler.program.Constant;
import org.jstap.compiler.program.Function;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.Handler;
import org.jstap.compiler.program.HistogramShape;
import org.jstap.compiler.program.Local;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.compiler.program.Program;
import org.jstap.compiler.program.StatKind;
import org.jstap.compiler.program.Stmt;
import org.jstap.compiler.program.Type;

/** Prints a program readably, in the shape that {@code stap -p2} has: globals, functions, probes. */
public final class ProgramPrinter {
    /** Sites of one handler that are listed; the rest is a number. */
    private static final int MOST_SITES = 20;

    private final ExpressionPrinter expressions;
    private final StringBuilder out = new StringBuilder();

    private ProgramPrinter(Program program) {
        this.expressions = new ExpressionPrinter(program, out);
    }

    public static String print(Program program) {
        ProgramPrinter printer = new ProgramPrinter(program);
        printer.program(program);
        return printer.out.toString();
    }

    private void program(Program program) {
        if (!program.globals().isEmpty()) {
            out.append("# globals\n");
            for (Global global : program.globals()) {
                global(global);
            }
        }
        if (!program.functions().isEmpty()) {
            out.append("# functions\n");
            for (Function function : program.functions()) {
                function(function);
            }
        }
        out.append("# probes\n");
        for (Handler handler : program.handlers()) {
            handler(handler);
        }
    }

    private void global(Global global) {
        out.append(global.name()).append(':').append(global.value().word());
        if (global.wrap()) {
            out.append('%');
        }
        if (global.isArray()) {
            out.append(" [");
            for (int i = 0; i < global.keys().size(); i++) {
                out.append(i == 0 ? "" : ", ").append(global.keys().get(i).word());
            }
            out.append(']');
        }
        if (global.size().isPresent()) {
            out.append(" [").append(global.size().getAsInt()).append(']');
        }
        if (global.isStatistic()) {
            statistic(global);
        }
        if (global.initial().isPresent()) {
            switch (global.initial().get()) {
                case Constant.Number number -> out.append(" = ").append(number.value());
                case Constant.Text text -> {
                    out.append(" = ");
                    expressions.quoted(text.value());
                }
            }
        }
        out.append('\n');
    }

    private void statistic(Global global) {
        // The set's own order is not fixed.
        for (StatKind kind : StatKind.values()) {
            if (global.shape().extractors().contains(kind)) {
                out.append(' ').append(ExpressionPrinter.word(kind));
            }
        }
        if (global.shape().bitShift() > 0) {
            out.append(" shift ").append(global.shape().bitShift());
        }
        if (global.shape().histogram().isPresent()) {
            switch (global.shape().histogram().get()) {
                case HistogramShape.Log _ -> out.append(" @hist_log");
                case HistogramShape.Linear l -> out.append(" @hist_linear(").append(l.low()).append(", ").append(l.high())
                        .append(", ").append(l.width()).append(')');
            }
        }
    }

    private void function(Function function) {
        out.append(function.name());
        if (function.result() != Type.VOID) {
            out.append(':').append(function.result().word());
        }
        out.append(" (");
        for (int i = 0; i < function.parameters().size(); i++) {
            Local parameter = function.parameters().get(i);
            out.append(i == 0 ? "" : ", ").append(parameter.name()).append(':').append(parameter.type().word());
        }
        out.append(")\n");
        locals(function.locals().subList(function.parameters().size(), function.locals().size()));
        body(function.body());
    }

    private void handler(Handler handler) {
        List<ProbeSite> sites = handler.sites();
        for (int i = 0; i < sites.size() && i < MOST_SITES; i++) {
            out.append(sites.get(i).text());
            if (i == 0 && !handler.point().equals(sites.get(i).text())) {
                out.append(" /* <- ").append(handler.point()).append(" */");
            }
            out.append(i + 1 < sites.size() ? ",\n" : "\n");
        }
        if (sites.size() > MOST_SITES) {
            out.append("# and ").append(sites.size() - MOST_SITES).append(" more\n");
        }
        if (handler.condition().isPresent()) {
            out.append("  # if ");
            expressions.print(handler.condition().get());
            out.append('\n');
        }
        locals(handler.locals());
        body(handler.body());
    }

    private void locals(List<Local> locals) {
        if (locals.isEmpty()) {
            return;
        }
        out.append("  # locals\n");
        for (Local local : locals) {
            out.append("  ").append(local.name()).append(':').append(local.type().word()).append('\n');
        }
    }

    // ---- statements

    private void body(Stmt body) {
        if (body instanceof Stmt.Block) {
            statement(body, 0);
        } else {
            out.append("{\n");
            statement(body, 1);
            out.append("}\n");
        }
    }

    private StringBuilder indent(int depth) {
        return out.append("  ".repeat(depth));
    }

    private void statement(Stmt statement, int depth) {
        switch (statement) {
            case Stmt.Block s -> {
                indent(depth).append("{\n");
                for (Stmt inner : s.statements()) {
                    statement(inner, depth + 1);
                }
                indent(depth).append("}\n");
            }
            case Stmt.Evaluate s -> {
                indent(depth);
                expressions.print(s.expression());
                out.append('\n');
            }
            case Stmt.If s -> {
                indent(depth).append("if (");
                expressions.print(s.condition());
                out.append(")\n");
                statement(s.then(), depth + 1);
                if (s.otherwise().isPresent()) {
                    indent(depth).append("else\n");
                    statement(s.otherwise().get(), depth + 1);
                }
            }
            case Stmt.While s -> loop(s, depth);
            case Stmt.Foreach s -> foreach(s, depth);
            case Stmt.Return s -> {
                indent(depth).append("return");
                if (s.value().isPresent()) {
                    out.append(' ');
                    expressions.print(s.value().get());
                }
                out.append('\n');
            }
            case Stmt.Delete s -> {
                indent(depth).append("delete ").append(s.global().name());
                expressions.open(s.keys());
                out.append('\n');
            }
            case Stmt.Next _ -> indent(depth).append("next\n");
            case Stmt.Break _ -> indent(depth).append("break\n");
            case Stmt.Continue _ -> indent(depth).append("continue\n");
            case Stmt.Try s -> {
                indent(depth).append("try\n");
                statement(s.body(), depth + 1);
                indent(depth).append("catch");
                if (s.message().isPresent()) {
                    out.append(" (").append(s.message().get().name()).append(')');
                }
                out.append('\n');
                statement(s.handler(), depth + 1);
            }
        }
    }

    private void loop(Stmt.While s, int depth) {
        indent(depth).append(s.isFor() ? "for (; " : "while (");
        if (s.condition().isPresent()) {
            expressions.print(s.condition().get());
        }
        if (s.isFor()) {
            out.append("; ");
            if (s.step().isPresent()) {
                expressions.print(s.step().get());
            }
        }
        out.append(")\n");
        statement(s.body(), depth + 1);
    }

    private void foreach(Stmt.Foreach s, int depth) {
        indent(depth).append("foreach (");
        if (s.value().isPresent()) {
            out.append(s.value().get().name()).append(" = ");
        }
        Optional<Stmt.Sort> sort = s.sort();
        out.append('[');
        for (int i = 0; i < s.keys().size(); i++) {
            out.append(i == 0 ? "" : ", ").append(s.keys().get(i).name());
            direction(sort, i + 1);
        }
        out.append("] in ");
        switch (s.source()) {
            case Stmt.ArraySource array -> out.append(array.array().name());
            case Stmt.HistogramSource histogram -> expressions.histogram(histogram.statistic(), histogram.histogram());
        }
        if (!s.slices().isEmpty()) {
            expressions.open(s.slices());
        }
        if (sort.isPresent() && sort.get().extractor().isPresent()) {
            out.append(' ').append(ExpressionPrinter.word(sort.get().extractor().get())).append(' ');
        }
        direction(sort, 0);
        if (s.limit().isPresent()) {
            out.append(" limit ");
            expressions.print(s.limit().get());
        }
        out.append(")\n");
        statement(s.body(), depth + 1);
    }

    private void direction(Optional<Stmt.Sort> sort, int column) {
        if (sort.isPresent() && sort.get().column() == column) {
            out.append(sort.get().descending() ? '-' : '+');
        }
    }
}
