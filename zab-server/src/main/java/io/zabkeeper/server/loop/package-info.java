/** The replica loop as everybody sees it: the transport it runs on, and what happens at the end of each of its turns. */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.loop;
