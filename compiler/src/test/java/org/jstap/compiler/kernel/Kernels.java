package org.jstap.compiler.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jstap.compiler.Scripts;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.kernel.emit.KernelTarget;
import org.jstap.compiler.lower.Lowering;
import org.junit.jupiter.api.Assumptions;

/** Passes 3 and 4 for tests, on the frozen kernel. */
final class Kernels {
    private static final Path GUIDE = Path.of("..", "..", "shared", "network-guide");

    private Kernels() { }

    /** Text of a script of the network guide; the test is skipped where the guide is not beside the project. */
    static String guide(String name) throws IOException {
        Path script = GUIDE.resolve(name + ".stp");
        Assumptions.assumeTrue(Files.exists(script), "skipped: no shared folder with the network guide beside the project");
        return Files.readString(script, StandardCharsets.ISO_8859_1);
    }

    static IrProgram lower(String text) {
        return Lowering.lower(Scripts.program(text));
    }

    static KernelPlan plan(IrProgram program) {
        return Placement.plan(program, Limits.DEFAULT, RunIn.AUTO);
    }

    /** The target with every program emitted once. */
    static KernelTarget assembled(String text) {
        KernelTarget target = new KernelTarget(plan(lower(text)));
        target.emitFirst();
        return target;
    }
}
