/**
 * What a member says about itself, collected on the replica loop into one immutable record, a topic at a time.
 *
 * <p>Figures are there at once. A list that may be long is collected in steps with pauses for the member's real work, up to
 * a limit: however many watches there are, asking for them holds nobody up (CVE-2017-5637). Texts are made of the record
 * elsewhere, on another thread.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.admin.report;
