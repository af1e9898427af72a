/**
 * Files that hold a subtree, for people to read and change and for programs: YAML, or JSON, which is read as the YAML
 * that it is.
 *
 * <p>{@code TreeFile} is the content; the writer and the reader are each other's reverse. Only the commands about files
 * use this package, so that the others do not load a YAML library. Should the format get a second version, the reader
 * takes it from the file's {@code version}.
 */
@NullMarked
package io.zabkeeper.cli.treefile;

import org.jspecify.annotations.NullMarked;
