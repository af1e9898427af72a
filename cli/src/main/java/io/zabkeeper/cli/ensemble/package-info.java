/**
 * Local ensembles: members as processes of this machine, and what members say about themselves.
 *
 * <p>{@code LocalEnsemble} is a directory with a definition and a folder for each member; {@code MemberProcess} is one
 * member's life; {@code ServerStatus} reads the {@code srvr} four-letter word of any server, local or not, over plain TCP or TLS
 * as {@code Asking} has it.
 */
@NullMarked
package io.zabkeeper.cli.ensemble;

import org.jspecify.annotations.NullMarked;
