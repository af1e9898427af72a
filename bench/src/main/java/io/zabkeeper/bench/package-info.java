/** Load and micro benchmarks; never shipped. */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.bench;
