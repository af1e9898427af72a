/** What is done to an ensemble of real processes, and what must still be there afterwards. */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.faults;
