/**
 * The way of a request: from a connection to the place where it is ordered, read or confirmed, and the reply's way back in
 * the order in which the session asked.
 *
 * <p>Read {@link io.zabkeeper.server.request.ClientSession} first, then {@link io.zabkeeper.server.request.RequestRouter}.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.request;
