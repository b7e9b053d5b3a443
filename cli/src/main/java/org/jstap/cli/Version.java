package org.jstap.cli;

/** Which jstap this is. */
final class Version {
    /** The same as in the project's pom.xml; a test compares them. */
    static final String NUMBER = "0.1.0";

    private Version() { }

    /** The lines that {@code --version} prints. */
    static String text() {
        return "jstap " + NUMBER + ": SystemTap scripts on a stock Linux kernel, through eBPF\n"
                + "Runs on Java " + System.getProperty("java.version") + ", Linux " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch") + ".\n"
                + "Apache License 2.0; no warranty.\n";
    }
}
