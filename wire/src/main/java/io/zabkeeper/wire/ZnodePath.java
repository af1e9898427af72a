package io.zabkeeper.wire;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What makes a text a path, and how paths are taken apart. */
public final class ZnodePath {
    public static final String ROOT = "/";

    private ZnodePath() {}

    /** Why this is not a path, null when it is one. */
    public static @Nullable String problem(String path) {
        if (path.isEmpty()) {
            return "a path must not be empty";
        }
        if (path.charAt(0) != '/') {
            return "a path must start with '/'";
        }
        int length = path.length();
        if (length == 1) {
            return null;
        }
        if (path.charAt(length - 1) == '/') {
            return "a path must not end with '/'";
        }
        int segment = 1;
        for (int i = 1; i <= length; i++) {
            if (i == length || path.charAt(i) == '/') {
                String problem = problemOfSegment(path, segment, i);
                if (problem != null) {
                    return problem;
                }
                segment = i + 1;
            } else if (isForbidden(path.charAt(i))) {
                return "a path must not contain U+" + hex(path.charAt(i)) + ", at " + i;
            }
        }
        return null;
    }

    /** The path without its last segment; the root's parent is the root. */
    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? ROOT : path.substring(0, slash);
    }

    /** The last segment; empty for the root. */
    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The path of a child. */
    public static String child(String parent, String name) {
        return parent.length() == 1 ? ROOT + name : parent + '/' + name;
    }

    private static @Nullable String problemOfSegment(String path, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return "a path must not contain an empty segment, at " + from;
        }
        boolean isDots = length <= 2 && path.charAt(from) == '.' && path.charAt(to - 1) == '.';
        return isDots ? "a path must not contain '.' or '..' as a segment, at " + from : null;
    }

    /** Supplementary characters are forbidden with their surrogates. */
    private static boolean isForbidden(char c) {
        return c <= 0x1F || (c >= 0x7F && c <= 0x9F) || (c >= 0xD800 && c <= 0xF8FF) || c >= 0xFFF0;
    }

    private static String hex(char c) {
        return Integer.toHexString(0x10000 | c).substring(1).toUpperCase(Locale.ROOT);
    }
}
