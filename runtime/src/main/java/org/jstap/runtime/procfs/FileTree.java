package org.jstap.runtime.procfs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Directories and files by their numbers; the root is number 1. What there is never changes, but for modes and owners. */
final class FileTree {
    static final long ROOT = 1;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int SEARCHABLE = 0555;
    private static final int PERMISSIONS = 07777;

    private final List<Node> nodes = new ArrayList<>();
    private final int user;
    private final int group;
    private final long seconds;

    /**
     * @param user    owner of all files
     * @param seconds time that files say they are of
     */
    FileTree(int user, int group, long seconds) {
        this.user = user;
        this.group = group;
        this.seconds = seconds;
        add("", ROOT, DIRECTORY | SEARCHABLE);
    }

    /** A name in a directory. */
    record Entry(String name, Node node) { }

    /** A directory or a file. */
    static final class Node {
        private final long id;
        private final long parent;
        private final String name;
        private final long seconds;
        private final List<Entry> entries = new ArrayList<>();
        private int mode;
        private int user;
        private int group;

        private Node(long id, long parent, String name, int mode, FileTree tree) {
            this.id = id;
            this.parent = parent;
            this.name = name;
            this.mode = mode;
            this.user = tree.user;
            this.group = tree.group;
            this.seconds = tree.seconds;
        }

        long id() {
            return id;
        }

        int mode() {
            return mode;
        }

        int user() {
            return user;
        }

        int group() {
            return group;
        }

        long seconds() {
            return seconds;
        }

        boolean isDirectory() {
            return (mode & ~PERMISSIONS) == DIRECTORY;
        }

        int links() {
            return isDirectory() ? 2 : 1;
        }

        void changeMode(int permissions) {
            mode = mode & ~PERMISSIONS | permissions & PERMISSIONS;
        }

        void changeUser(int id) {
            user = id;
        }

        void changeGroup(int id) {
            group = id;
        }
    }

    private Node add(String name, long parent, int mode) {
        Node node = new Node(nodes.size() + 1L, parent, name, mode, this);
        nodes.add(node);
        return node;
    }

    /**
     * Adds a file and the directories on its way; where it is there already, adds to its permissions.
     *
     * @param path names, divided by {@code /}
     * @return its number
     */
    long addFile(String path, int permissions) {
        Node at = nodes.getFirst();
        String[] names = path.split("/");
        for (int i = 0; i < names.length; i++) {
            Optional<Node> there = child(at, names[i]);
            boolean last = i == names.length - 1;
            Node next = there.isPresent() ? there.get() : add(names[i], at.id, last ? REGULAR : DIRECTORY | SEARCHABLE);
            if (there.isEmpty()) {
                at.entries.add(new Entry(names[i], next));
            }
            at = next;
        }
        at.mode |= permissions;
        return at.id;
    }

    Optional<Node> node(long id) {
        return id >= 1 && id <= nodes.size() ? Optional.of(nodes.get((int) id - 1)) : Optional.empty();
    }

    Optional<Node> child(Node directory, String name) {
        for (Entry entry : directory.entries) {
            if (entry.name().equals(name)) {
                return Optional.of(entry.node());
            }
        }
        return Optional.empty();
    }

    /** What a directory holds, itself and its parent among it. */
    List<Entry> list(Node directory) {
        List<Entry> all = new ArrayList<>();
        all.add(new Entry(".", directory));
        all.add(new Entry("..", nodes.get((int) directory.parent - 1)));
        all.addAll(directory.entries);
        return all;
    }

    /** The path of a node from the root. */
    String path(Node node) {
        return node.parent <= ROOT ? node.name : path(nodes.get((int) node.parent - 1)) + "/" + node.name;
    }
}
