/** Who may do what on which way: every operation, from everybody, against both servers. */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.matrix;
