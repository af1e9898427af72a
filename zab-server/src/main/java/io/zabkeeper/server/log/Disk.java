package io.zabkeeper.server.log;

import java.io.IOException;
import java.util.List;

/**
 * What storage needs of a file system, so that a test can lose, tear, reorder and corrupt.
 *
 * <p>Names are relative to the data directory, with {@code /} between the parts; the empty name is the directory itself.
 */
public interface Disk {
    /** Opens a file that exists for reading and writing. */
    DiskFile open(String name) throws IOException;

    /** A new and empty file; one that has the name already is emptied. */
    DiskFile create(String name) throws IOException;

    boolean exists(String name) throws IOException;

    void createDirectory(String name) throws IOException;

    /** Moves a file or a directory. Durable once the directory above is synced. */
    void rename(String source, String target) throws IOException;

    void delete(String name) throws IOException;

    /** Makes the creations, renames and deletions in a directory durable. */
    void syncDirectory(String name) throws IOException;

    /** The plain names in a directory, sorted; none when there is no such directory. */
    List<String> list(String directory) throws IOException;

    long freeBytes() throws IOException;

    /** Where a file is, for messages to the operator. */
    String locate(String name);
}
