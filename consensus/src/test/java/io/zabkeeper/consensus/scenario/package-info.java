/**
 * Scripted runs: one text file for each historic bug, under {@code scenarios/zab}. {@link Scenario} reads a file,
 * {@link Interpreter} performs it, {@code ScenarioTest} compares what happened with what the file says.
 */
@NullMarked
package io.zabkeeper.consensus.scenario;

import org.jspecify.annotations.NullMarked;
