/** The Java client. */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.client;
