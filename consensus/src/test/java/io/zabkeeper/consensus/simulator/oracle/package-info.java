/** Judges of what clients saw, as opposed to what members did. */
@NullMarked
package io.zabkeeper.consensus.simulator.oracle;

import org.jspecify.annotations.NullMarked;
