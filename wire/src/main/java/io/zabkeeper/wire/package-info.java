/** The client protocol's vocabulary: znodes, stats, ACLs, operations and errors. */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.wire;
