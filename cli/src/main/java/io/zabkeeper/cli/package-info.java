/** The zab command. */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.cli;
