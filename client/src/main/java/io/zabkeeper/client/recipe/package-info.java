/**
 * What programs build from znodes: locks, leases, leadership.
 *
 * <p>Everything that grants hands out a {@link io.zabkeeper.client.recipe.Grant}: with a fencing token, with guarded writes,
 * and with word of its loss. A recipe consists of a decision, which is pure ({@link io.zabkeeper.client.recipe.Line}), and of
 * a driver, which asks the ensemble and obeys ({@link io.zabkeeper.client.recipe.Contender}).
 *
 * <p>The znodes are those of Curator's recipes, so programs can be moved one by one. It owns no connection: the client is the
 * caller's, and is left open. Would be split by what is granted: exclusion here, shared values elsewhere.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.client.recipe;
