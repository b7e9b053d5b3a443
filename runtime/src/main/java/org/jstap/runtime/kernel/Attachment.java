package org.jstap.runtime.kernel;

import java.util.List;
import org.jstap.compiler.kernel.emit.Mechanism;
import org.jstap.compiler.kernel.emit.SiteGroup;
import org.jstap.ebpf.link.Link;
import org.jstap.ebpf.prog.Program;

/**
 * Sites that are attached.
 *
 * @param group     which
 * @param mechanism how
 * @param programs  in the order of the sites, or one for all
 * @param links     none for handlers that are run by hand
 */
record Attachment(SiteGroup group, Mechanism mechanism, List<Program> programs, List<Link> links) {
    Attachment {
        programs = List.copyOf(programs);
        links = List.copyOf(links);
    }
}
