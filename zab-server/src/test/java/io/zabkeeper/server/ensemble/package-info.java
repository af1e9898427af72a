/** Real members as real processes on loopback, and what is done to them. */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.ensemble;
