package io.zabkeeper.server.tree;

/**
 * One quota as it stands. -1 means that there is no limit, or that the usage is not known.
 *
 * @param path where it is set
 * @param countLimit znodes; the hard limit if there is one, else the soft one
 * @param bytesLimit data; likewise
 */
public record QuotaReport(String path, long countLimit, long bytesLimit, long count, long bytes) {
    /** The first segment of the path, by which ZooKeeper sums quotas up in its metrics. */
    public String namespace() {
        int slash = path.indexOf('/', 1);
        return path.substring(1, slash < 0 ? path.length() : slash);
    }
}
