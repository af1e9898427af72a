/**
 * What an operator wrote, as one immutable record.
 *
 * <p>{@link io.zabkeeper.server.config.ConfigFile} is the only parser and the only reader of system properties (A8);
 * {@link io.zabkeeper.server.config.ServerConfig} is what everything else sees, each constructor takes the nested record
 * it needs. A change of the membership at run time arrives through the log, never through these records.
 *
 * <p>A new key is: a component of a nested record, one line in the {@code KeyTable}, one where it is read
 * ({@code ConfigFile}, {@code EnsembleKeys}, {@code LimitKeys}, {@code OperatorKeys}), one in {@code conf/zab.cfg}, one test.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.config;
