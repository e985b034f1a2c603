package org.placette.federation.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.placette.federation.fetch.Problems.assertRefused;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.placette.federation.fetch.FetchProblem.Reason;
import org.placette.federation.fetch.NodeInfo.Software;

/** What hosts say about their software. */
class NodeInfoTest {

  private final Peers peers = new Peers();
  private final GuardedHttp http = peers.guarded();
  private final NodeInfo nodeInfo = new NodeInfo(http);

  @AfterEach
  void close() {
    http.close();
    peers.close();
  }

  @Test
  void theHighestKnownSchemaIsReadAndTheHostsOwnActorNoted() {
    links(
        "good.test",
        link("2.0", "http://good.test:PORT/ni/2.0")
            + link("9.9", "http://good.test:PORT/ni/9.9")
            + link("2.1", "http://good.test:PORT/ni/2.1")
            + "{'rel':'https://www.w3.org/ns/activitystreams#Application','href':'http://good.test:PORT/relay'}");
    info(
        "good.test/ni/2.1",
        "{'version':'2.1','software':{'name':'Mobilizon','version':'5.1.0'},"
            + "'openRegistrations':true,'metadata':{'nodeName':'Le village'}}");
    assertEquals(
        new Software("mobilizon", "5.1.0", peers.url("good.test/relay"), true, "Le village"),
        lookup("good.test"));
  }

  @Test
  void linksToOtherHostsDoNotCount() {
    links(
        "evil.test",
        link("2.1", "http://victim.test:PORT/ni")
            + "{'rel':'https://www.w3.org/ns/activitystreams#Application','href':'http://victim.test:PORT/actor'}");
    assertRefused(Reason.NOT_FOUND, () -> lookup("evil.test"));
    links("evil.test", link("2.1", "http://169.254.169.254/latest") + "7");
    assertRefused(Reason.NOT_FOUND, () -> lookup("evil.test"));
    assertEquals(2, peers.seen.size());
  }

  @Test
  void oddDocumentsGiveWhatTheyHave() {
    links("odd.test", link("2.2", "http://odd.test:PORT/ni") + "null");
    info("odd.test/ni", "{'software':{'name':'Snac\\n2','version':2},'metadata':[]}");
    assertEquals(new Software("snac 2", "", null, false, null), lookup("odd.test"));
    info("odd.test/ni", "{'software':'lemmy'}");
    assertEquals(new Software("", "", null, false, null), lookup("odd.test"));
    assertRefused(Reason.NOT_FOUND, () -> lookup("none.test"));
    peers.serve("html.test/.well-known/nodeinfo", "text/html", "{\"links\":[]}");
    assertRefused(Reason.WRONG_TYPE, () -> lookup("html.test"));
  }

  @Test
  void hubzillaSaysWhatItIsWithoutNodeInfo() {
    info("hub.test/siteinfo.json", "{'platform':'hubzilla','version':'8.8.7','admin':[]}");
    assertEquals(new Software("hubzilla", "8.8.7", null, false, null), lookup("hub.test"));
    info("hub.test/siteinfo.json", "{'platform':7}");
    assertRefused(Reason.NOT_FOUND, () -> lookup("hub.test"));
  }

  private Software lookup(String host) {
    return nodeInfo.lookup(host + ":" + peers.port());
  }

  private void links(String host, String links) {
    info(host + "/.well-known/nodeinfo", "{'links':[" + links + "]}");
  }

  private void info(String place, String json) {
    peers.serve(place, "application/json; charset=utf-8", json.replace('\'', '"'));
  }

  private static String link(String version, String href) {
    return "{'rel':'http://nodeinfo.diaspora.software/ns/schema/%s','href':'%s'},"
        .formatted(version, href);
  }
}
