package org.jstap.compiler.host.node;

/** A straight list. */
final class Block extends Node {
    static final Block EMPTY = new Block(new Node[0]);

    private final Node[] nodes;

    Block(Node[] nodes) {
        this.nodes = nodes;
    }

    @Override
    int run(Frame frame, Execution execution) {
        for (Node node : nodes) {
            int end = node.run(frame, execution);
            if (end != NEXT) {
                return end;
            }
        }
        return NEXT;
    }
}
