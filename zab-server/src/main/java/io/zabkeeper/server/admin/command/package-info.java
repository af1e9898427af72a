/**
 * The commands of ZooKeeper's AdminServer: the same paths, names, aliases and keys (client protocol §9.7), as pages of the
 * HTTP port.
 *
 * <p>Pure but for what a command is to do, which a {@link io.zabkeeper.server.admin.report.Desk} does.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.admin.command;
