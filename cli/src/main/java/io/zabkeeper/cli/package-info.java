/**
 * The {@code zab} command.
 *
 * <p>{@code Main} gathers what the process was given and runs one command; {@code Shell} runs many over one session.
 * The commands live in {@code command}, one class each; {@code ensemble} starts and watches local members as processes;
 * {@code output} turns results into text, JSON or raw bytes; {@code treefile} holds subtrees in files. Nothing below this module prints.
 */
@NullMarked
package io.zabkeeper.cli;

import org.jspecify.annotations.NullMarked;
