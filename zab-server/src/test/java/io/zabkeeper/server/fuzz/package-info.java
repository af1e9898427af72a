/**
 * Campaigns of minutes against everything that takes bytes from outside. The targets stand beside the tests of what they
 * feed; here they meet.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.fuzz;
