/** One member of an ensemble. */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server;
