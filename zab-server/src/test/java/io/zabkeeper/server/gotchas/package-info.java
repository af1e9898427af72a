/**
 * What surprises clients of ZooKeeper, one test for each: {@code client-protocol.md} §13 by its numbers, against Apache
 * ZooKeeper and against ours. Where we differ on purpose the test says what each does, and {@code docs/compatibility.md} why.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.gotchas;
