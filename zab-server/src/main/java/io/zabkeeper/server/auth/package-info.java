/** Who a client is, and whether an access control list lets him do what he asks for. Static rules without any state. */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.auth;
