/**
 * A whole ensemble in one thread, in virtual time, out of one 64-bit seed.
 *
 * <pre>
 *   Seed ──▶ FaultPlan (which faults this run has)         SimulationTest, MutationTest, DeterminismTest
 *     │                                                             │ run
 *     ▼                                                             ▼
 *   VirtualTime ──▶ SimulatedNode ── Driver + core (production)   Simulation: chaos, then calm, then verdict
 *                     │    │   └──── SimulatedDisk                  │
 *                     │    └──────── SimulatedNetwork ◀── Saboteur ─┤
 *                     └───────────── properties ◀── Workload ───────┘
 * </pre>
 *
 * <p>The nodes run the production {@code Driver} and core; what is simulated is behind the driver's ports. Every source
 * of randomness is a {@link Dice} split off the seed, so that removing one fault leaves the draws of the others alone, and
 * a failing seed can be shrunk. Read {@link Simulation}, {@link SimulatedNode}, {@link SimulatedDisk},
 * {@link SimulatedNetwork}, in this order.
 */
@NullMarked
package io.zabkeeper.consensus.simulator;

import org.jspecify.annotations.NullMarked;
