/** Many at once: sessions, watches, children; and what everybody else notices of it. */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.scale;
