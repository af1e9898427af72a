/**
 * Performs what a core wants, in order: {@link Driver} steps the core, {@link Outbox} holds each message until the log is
 * durable up to what it promises, {@link Backlog} what the state machine has not come to. The rest are ports. There is no thread here: production pumps the driver from the
 * replica loop, the simulator from its queue of virtual time, and both run this code.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.consensus.driver;
