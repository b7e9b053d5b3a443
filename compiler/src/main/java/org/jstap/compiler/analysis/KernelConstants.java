package org.jstap.compiler.analysis;

import org.jstap.compiler.analysis.BoundExpression.NumberConstant;
import org.jstap.ebpf.btf.Btf;
import org.jstap.ebpf.btf.BtfKind;
import org.jstap.ebpf.btf.BtfType;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.tree.Expression;

/** {@code @const("…")}: numbers, and names of the kernel's enumerations. */
final class KernelConstants {
    private KernelConstants() { }

    /** @throws DiagnosticException where it is neither */
    static BoundExpression value(Expression.Constant e, Targets targets) {
        String code = e.code().strip();
        try {
            return new NumberConstant(Long.decode(code), e.span());
        } catch (NumberFormatException _) {
            // No number, so it must be the name of one.
        }
        Btf btf = targets.types(e.span()).btf();
        for (int id : btf.idsOfKind(BtfKind.ENUM)) {
            for (BtfType.Enumerator enumerator : ((BtfType.Enum) btf.type(id)).enumerators()) {
                if (enumerator.name().equals(code)) {
                    return new NumberConstant(enumerator.value(), e.span());
                }
            }
        }
        throw new DiagnosticException(Diagnostic.semanticError("unknown-constant", "no enumeration of the kernel names '" + code
                + "'", e.span()).withHint("macros of C headers are not known here; write the number"));
    }
}
