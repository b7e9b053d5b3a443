package org.jstap.runtime.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.kernel.emit.SiteGroup;
import org.jstap.runtime.Complaints;

/**
 * What came of attaching a script, by its probe points: the functions that match one pattern may be many handlers, and what failed
 * for all of them is told once.
 */
final class AttachTally {
    private final Map<String, Point> points = new LinkedHashMap<>();

    private static final class Point {
        private final String spelled;
        private boolean attached;
        private final List<AttachFailure> defects = new ArrayList<>();
        private final List<AttachFailure> refused = new ArrayList<>();
        private final List<AttachFailure> refusedOptional = new ArrayList<>();
        private final List<SiteGroup> leftOut = new ArrayList<>();

        Point(String spelled) {
            this.spelled = spelled;
        }

        boolean isPattern() {
            return spelled.indexOf('*') >= 0 || spelled.indexOf('?') >= 0 || spelled.indexOf('[') >= 0;
        }
    }

    private Point point(IrHandler handler) {
        String key = handler.point() + " " + handler.code().span().position();
        Point point = points.get(key);
        if (point == null) {
            point = new Point(handler.point());
            points.put(key, point);
        }
        return point;
    }

    /** @param leftOut sites of the group that are not attached */
    void attached(SiteGroup group, List<Integer> leftOut) {
        Point point = point(group.handler());
        point.attached = true;
        if (!leftOut.isEmpty()) {
            point.leftOut.add(new SiteGroup(group.handler(), leftOut, group.mechanisms()));
        }
    }

    /** No site of a group is attached. */
    void failed(AttachFailure failure) {
        Point point = point(failure.group().handler());
        boolean optional = failure.group().handler().optional().containsAll(failure.group().sites());
        (failure.isDefect() ? point.defects : optional ? point.refusedOptional : point.refused).add(failure);
    }

    /** Whether a point is not attached since its handler needs at the return what a function was called with. */
    boolean lacksArguments() {
        for (Point point : points.values()) {
            if (!point.attached || !point.isPattern()) {
                for (AttachFailure failure : point.refused) {
                    if (failure.group().needsArgumentsAtReturn()) {
                        return true;
                    }
                }
            }
            for (AttachFailure failure : point.defects) {
                if (failure.group().needsArgumentsAtReturn()) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Tells what is not attached.
     *
     * @return whether the script can run without it
     */
    boolean report(Complaints complaints) {
        boolean complete = true;
        for (Point point : points.values()) {
            // As in SystemTap, a pattern means what can be probed among the functions that match it.
            boolean few = point.attached && point.isPattern();
            for (SiteGroup group : point.leftOut) {
                tell(AttachReport.leftOut(group), few, complaints);
            }
            if (few) {
                for (AttachFailure failure : point.refused) {
                    complaints.note(AttachReport.leftOut(failure.group()));
                }
            } else if (!point.refused.isEmpty()) {
                complaints.error(AttachReport.failure(point.refused, "cannot be attached"));
                complete = false;
            }
            if (!point.refusedOptional.isEmpty()) {
                tell(AttachReport.failure(point.refusedOptional, "is left out"), few, complaints);
            }
            if (!point.defects.isEmpty()) {
                complaints.error(AttachReport.failure(point.defects, "cannot be attached"));
                complete = false;
            }
        }
        return complete;
    }

    private static void tell(String text, boolean aside, Complaints complaints) {
        if (aside) {
            complaints.note(text);
        } else {
            complaints.warning(text);
        }
    }
}
