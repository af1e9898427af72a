/**
 * Members in the process of a test, for users' tests: one or an ensemble, with faults on demand.
 *
 * <p>{@link io.zabkeeper.test.ZabkeeperExtension} is for JUnit, {@link io.zabkeeper.test.TestEnsemble} beneath it for
 * everybody else. In front of the client port of each member stands a relay, which delays, holds and cuts connections;
 * the members themselves are those of production and know nothing of it. If there were relays between members, too, they
 * would be a package of their own.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.test;
