/** Other people's clients, unmodified, against an ensemble of ours. */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.clients;
