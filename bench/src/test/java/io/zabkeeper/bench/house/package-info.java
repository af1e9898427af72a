/**
 * The house rules, checked over the whole source tree: {@link io.zabkeeper.bench.house.HouseTest} and the growth ledger.
 *
 * <p>They live in the last module so that one run sees everything.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.bench.house;
