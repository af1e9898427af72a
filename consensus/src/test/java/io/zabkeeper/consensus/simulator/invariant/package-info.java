/**
 * What must hold in every run, one file for each property of {@code consensus.md} section 8.
 *
 * <p>A {@link Property} is told every fact in the order in which it happens and keeps just enough to judge the next one,
 * so a step costs what it changes. {@link Properties} is the list of all of them. Nothing here knows the simulator: a
 * property sees members only as {@link Replica}s, that is with their disks and memories open.
 */
@NullMarked
package io.zabkeeper.consensus.simulator.invariant;

import org.jspecify.annotations.NullMarked;
