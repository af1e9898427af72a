/** What the commands print: text for people, JSON for programs, raw bytes for files. */
@NullMarked
package io.zabkeeper.cli.output;

import org.jspecify.annotations.NullMarked;
