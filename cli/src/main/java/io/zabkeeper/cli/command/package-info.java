/**
 * The commands, one class each: what they accept, what they ask the service, how its answer becomes an exit code.
 *
 * <p>Start at {@code Zab}, the command above all others. A new command is one class here and one line there.
 */
@NullMarked
package io.zabkeeper.cli.command;

import org.jspecify.annotations.NullMarked;
