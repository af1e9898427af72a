package io.zabkeeper.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.request.AuditEntry;
import org.junit.jupiter.api.Test;

class AuditLogTest {
    @Test
    void writes_a_line_as_the_reference_does() {
        AuditEntry done =
                new AuditEntry(0x1934473L, "bob,10.0.0.1", "10.0.0.1", "create", "/a", "persistent", null, null);
        AuditEntry refused =
                new AuditEntry(7, "10.0.0.1", "10.0.0.1", "setAcl", "/a", null, "world:anyone:r", "NOAUTH");

        assertThat(AuditLog.line(done))
                .isEqualTo("session=0x1934473\tuser=bob,10.0.0.1\tip=10.0.0.1\toperation=create\tznode=/a"
                        + "\tznode_type=persistent\tresult=success");
        assertThat(AuditLog.line(refused))
                .isEqualTo("session=0x7\tuser=10.0.0.1\tip=10.0.0.1\toperation=setAcl\tznode=/a\tacl=world:anyone:r"
                        + "\tresult=failure\terror=NOAUTH");
    }

    /** CVE-2026-84439: no value looks like another field or another line. */
    @Test
    void escapes_whatever_could_end_a_field_or_a_line() {
        String forged = "/a\tresult=success\nsession=0x1\r\u0000\u001b[2J\u0085\u2028\u2029\\u0041ä";

        String line = AuditLog.line(new AuditEntry(1, forged, "ip", "delete", forged, null, forged, "NOAUTH"));

        assertThat(line.split("\t", -1)).hasSize(8);
        assertThat(line.chars().filter(Character::isISOControl).filter(c -> c != '\t'))
                .isEmpty();
        assertThat(line)
                .contains("znode=/a\\u0009result=success\\u000asession=0x1\\u000d\\u0000\\u001b[2J\\u0085"
                        + "\\u2028\\u2029\\u005cu0041ä\t")
                .doesNotContain("\u2028")
                .endsWith("\tresult=failure\terror=NOAUTH");
    }
}
