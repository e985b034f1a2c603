package org.placette.federation.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.placette.federation.fetch.Problems.assertRefused;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.placette.federation.fetch.FetchProblem.Reason;
import org.placette.federation.fetch.WebFinger.Found;
import org.placette.federation.vocab.AsObject;

/** A handle is what its own host and its actor both say it is. */
class WebFingerTest {

  private final Peers peers = new Peers();
  private final GuardedHttp http = peers.guarded();
  private final WebFinger webFinger = new WebFinger(http);

  @AfterEach
  void close() {
    http.close();
    peers.close();
  }

  @Test
  void aHandleInAnySpellingLeadsToItsActor() {
    account("good.test", "Lou@good.test:PORT", "http://good.test:PORT/users/lou");
    var expected = new Found(at("Lou@good.test"), peers.url("good.test/users/lou"));
    for (var account : List.of("acct:Lou@good.test", "@Lou@GOOD.test", " Lou@good.test"))
      assertEquals(expected, webFinger.resolve(at(account)));
    assertEquals(expected, webFinger.resolve(peers.url("good.test/@lou")));
    assertTrue(
        peers
            .seen
            .getFirst()
            .target()
            .endsWith("?resource=acct%3ALou%40good.test%3A" + peers.port()));
  }

  @Test
  void whatIsNoHandleIsAskedOfNobody() {
    for (var odd :
        List.of("", "lou", "@lou", "@good.test", "a b@good.test", "a@b@good.test", "a/@good.test"))
      assertRefused(Reason.BAD_URL, () -> webFinger.resolve(odd));
    assertEquals(0, peers.connections.get());
  }

  @Test
  void aHostCannotClaimTheHandleOfAnother() {
    account("good.test", "lou@good.test:PORT", "http://good.test:PORT/users/lou");
    account("evil.test", "lou@good.test:PORT", "http://evil.test:PORT/users/lou");
    assertRefused(Reason.WRONG_ID, () -> webFinger.resolve(at("lou@evil.test")));
    account("evil.test", "nobody@elsewhere.test:PORT", "http://evil.test:PORT/users/lou");
    assertRefused(Reason.NOT_FOUND, () -> webFinger.resolve(at("oopsie@evil.test")));
  }

  @Test
  void aHostMayKeepItsActorsOnAnother() {
    account("village.test", "lou@village.test:PORT", "http://social.test:PORT/users/lou");
    account("social.test", "lou@village.test:PORT", "http://social.test:PORT/users/lou");
    var found = new Found(at("lou@village.test"), peers.url("social.test/users/lou"));
    assertEquals(found, webFinger.resolve(at("lou@village.test")));
    assertEquals(found, webFinger.resolve(at("lou@social.test")));
    assertEquals(found, webFinger.handleOf(actor("social.test/users/lou", "lou")));
    webFinger.confirm(found, actor("social.test/users/lou", "lou"));
  }

  @Test
  void anActorThatDoesNotClaimTheHandleDoesNotGetIt() {
    account("evil.test", "boss@evil.test:PORT", "http://good.test:PORT/users/lou");
    account("good.test", "lou@good.test:PORT", "http://good.test:PORT/users/lou");
    var stolen = webFinger.resolve(at("boss@evil.test"));
    var lou = actor("good.test/users/lou", "lou");
    assertRefused(Reason.WRONG_ID, () -> webFinger.confirm(stolen, lou));
    var honest = webFinger.resolve(at("lou@good.test"));
    webFinger.confirm(honest, lou);
    assertRefused(
        Reason.WRONG_ID, () -> webFinger.confirm(honest, actor("good.test/users/max", "lou")));
    assertRefused(Reason.WRONG_ID, () -> webFinger.handleOf(actor("good.test/users/max", "lou")));
  }

  @Test
  void redirectsAndHostMetaAreFollowed() {
    peers.redirect("village.test/.well-known/webfinger", "http://social.test:PORT/finger");
    peers.jrd("social.test/finger", jrd("lou@village.test:PORT", "http://social.test:PORT/lou"));
    assertEquals(peers.url("social.test/lou"), webFinger.resolve(at("lou@village.test")).actorId());
    peers.serve(
        "old.test/.well-known/host-meta",
        "application/xrd+xml",
        "<XRD xmlns='http://docs.oasis-open.org/ns/xri/xrd-1.0'><Link rel='lrdd'"
            + " template='http://old.test:PORT/finger?u={uri}'/></XRD>");
    peers.jrd("old.test/finger", jrd("max@old.test:PORT", "http://old.test:PORT/max"));
    assertEquals(peers.url("old.test/max"), webFinger.resolve(at("max@old.test")).actorId());
  }

  @Test
  void aTemplateCannotLeadToAPrivateAddress() {
    peers.serve(
        "evil.test/.well-known/host-meta",
        "application/xrd+xml",
        "<XRD><Link rel='lrdd' template='http://169.254.169.254/{uri}'/></XRD>");
    assertRefused(Reason.PRIVATE_ADDRESS, () -> webFinger.resolve(at("a@evil.test")));
  }

  @Test
  void onlyLinksToActivityStreamsCountAndTheShorterTypeComesFirst() {
    var ld =
        "{'rel':'self','type':'application/ld+json;"
            + " profile=\\\"https://www.w3.org/ns/activitystreams\\\"','href':'https://a.example/ld'}";
    assertEquals("https://a.example/ld", self(ld));
    assertEquals(
        "https://a.example/as",
        self(
            ld
                + ",{'rel':'self','type':'application/activity+json','href':'https://a.example/as'}"));
    for (var none :
        List.of(
            "{'rel':'self','href':'https://a.example/'}",
            "{'rel':'self','type':'text/html','href':'https://a.example/'}",
            "{'rel':'alternate','type':'application/activity+json','href':'https://a.example/'}",
            "{'rel':'self','type':'application/activity+json','href':'javascript:alert(1)'}",
            "{'rel':'self','type':'application/activity+json','href':null}",
            "{'rel':null}, 7, null")) assertEquals(null, self(none), none);
  }

  private String at(String account) {
    return account + ":" + peers.port();
  }

  private AsObject actor(String place, String user) {
    var json = new ObjectMapper().createObjectNode();
    return new AsObject(json.put("id", peers.url(place)).put("preferredUsername", user));
  }

  private void account(String host, String handle, String actor) {
    peers.jrd(host + "/.well-known/webfinger", jrd(handle, actor));
  }

  private static String jrd(String handle, String actor) {
    return "{'subject':'acct:%s','links':[{'rel':'self','type':'application/activity+json','href':'%s'}]}"
        .formatted(handle, actor);
  }

  private static @org.jspecify.annotations.Nullable String self(String links) {
    try {
      var json = new ObjectMapper().readTree(("{'links':[" + links + "]}").replace('\'', '"'));
      return WebFinger.selfLink((ObjectNode) json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
