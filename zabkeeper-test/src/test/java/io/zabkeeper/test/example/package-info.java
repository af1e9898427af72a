/** The examples of {@code docs/testing.md}, which are tests themselves. */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.test.example;
