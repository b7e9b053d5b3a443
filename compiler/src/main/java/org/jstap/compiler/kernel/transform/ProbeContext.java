package org.jstap.compiler.kernel.transform;

import java.util.List;
import java.util.Optional;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.program.ProbeSite;

/** Puts in what is known of the probe point where a handler has only one. */
final class ProbeContext {
    private ProbeContext() { }

    static Code apply(IrHandler handler, Code code) {
        Region body = new OpRewriter() {
            @Override
            public Op rewrite(Op op) {
                if (op instanceof Op.CallIntrinsic call && call.to().isPresent()) {
                    Optional<Operand> known = known(call.intrinsic(), handler);
                    if (known.isPresent()) {
                        return new Op.Move(call.to().get(), known.get(), call.span());
                    }
                }
                return super.rewrite(op);
            }

            Region all(Region region) {
                return region(region);
            }
        }.all(code.body());
        return new Code(code.name(), code.parameters(), code.variables(), code.result(), body, code.span());
    }

    private static Optional<Operand> known(Intrinsic intrinsic, IrHandler handler) {
        if (intrinsic == Intrinsic.PN) {
            return Optional.of(new Operand.Text(handler.point()));
        }
        List<ProbeSite> sites = handler.sites();
        if (sites.size() != 1) {
            return Optional.empty();
        }
        return switch (intrinsic) {
            case PP -> Optional.of(new Operand.Text(sites.getFirst().text()));
            case PROBEFUNC -> Optional.of(new Operand.Text(SiteNames.function(sites.getFirst())));
            default -> Optional.empty();
        };
    }
}
