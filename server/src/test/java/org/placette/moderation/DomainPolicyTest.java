package org.placette.moderation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.db.Db;
import org.placette.testing.PgExtension;
import org.placette.web.Problem;

@ExtendWith(PgExtension.class)
class DomainPolicyTest {

  @Test
  void a_block_covers_every_spelling_port_and_subdomain_of_a_domain(Db db) {
    var policy = new DomainPolicy(db);
    policy.block("Bücher.Example.", "spam");
    for (var host :
        new String[] {
          "bücher.example",
          "XN--BCHER-KVA.example",
          "a.b.xn--bcher-kva.example:8443",
          "bücher。example"
        }) {
      assertTrue(policy.blocked(host), host);
    }
    for (var host : new String[] {"example", "nicht-bücher.example", "xn--bcher-kva.example.org"}) {
      assertEquals(false, policy.blocked(host), host);
    }
    assertThrows(Problem.BadRequest.class, () -> policy.block("no domain", null));
    policy.unblock("bücher.example");
    assertEquals(false, policy.blocked("bücher.example"));
  }
}
