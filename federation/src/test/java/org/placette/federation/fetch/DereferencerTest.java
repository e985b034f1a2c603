package org.placette.federation.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.placette.federation.fetch.Problems.assertRefused;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.placette.federation.fetch.FetchProblem.Reason;
import org.placette.federation.vocab.AsObject;

/** Documents are believed only where they were found. */
class DereferencerTest {

  private final Peers peers = new Peers();
  private final GuardedHttp http = peers.guarded();
  private final Dereferencer dereferencer = new Dereferencer(new SignedHttp(http));

  @AfterEach
  void close() {
    http.close();
    peers.close();
  }

  @Test
  void aDocumentWhoseIdIsItsAddressIsBelieved() {
    note("good.test/notes/1", "http://good.test:PORT/notes/1");
    assertEquals("Note", fetch("good.test/notes/1").type());
    assertEquals("Note", fetch("good.test/notes/1#main-key").type());
  }

  @Test
  void onlyTheTwoMediaTypesOfActivityStreamsCount() {
    var right =
        List.of(
            "application/activity+json",
            "Application/Activity+JSON; charset=utf-8",
            "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
            "application/ld+json;profile=\"http://x.example/"
                + " https://www.w3.org/ns/activitystreams\"");
    var wrong =
        List.of(
            "text/plain",
            "application/json",
            "application/ld+json",
            "text/html",
            "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams-evil\"",
            "application/ld+json; profile=\"x\"; profile=\"https://www.w3.org/ns/activitystreams\"",
            "text/plain; x=\"application/activity+json\"",
            "application/activity+json, text/html",
            "image/png;application/activity+json",
            "application/activity+jsonp",
            "");
    for (var type : right) assertTrue(isActivityStreams(type), type);
    for (var type : wrong) assertFalse(isActivityStreams(type), type);
    peers.serve(
        "good.test/media/1", "application/json", "{\"id\":\"http://good.test:PORT/media/1\"}");
    assertRefused(Reason.WRONG_TYPE, () -> fetch("good.test/media/1"));
  }

  @Test
  void aDocumentWithAnotherIdIsFetchedOnceMoreAtThatId() {
    note("good.test/@a/1", "http://good.test:PORT/notes/1");
    note("good.test/notes/1", "http://good.test:PORT/notes/1");
    assertEquals(peers.url("good.test/notes/1"), fetch("good.test/@a/1").id());
    note("good.test/x", "http://good.test:PORT/y");
    note("good.test/y", "http://good.test:PORT/z");
    note("good.test/z", "http://good.test:PORT/z");
    assertRefused(Reason.WRONG_ID, () -> fetch("good.test/x"));
    assertEquals(4, peers.seen.size());
  }

  @Test
  void aDocumentThatClaimsAnotherOriginIsRefusedWithoutAskingThere() {
    note("good.test/notes/1", "http://good.test:PORT/notes/1");
    note("evil.test/1", "http://good.test:PORT/notes/1");
    note("evil.test/2", "http://good.test.evil.test:PORT/notes/1");
    note("evil.test/3", "not a url");
    peers.document("evil.test/4", "{'type':'Note'}");
    for (var place : List.of("evil.test/1", "evil.test/2", "evil.test/3", "evil.test/4"))
      assertRefused(Reason.WRONG_ID, () -> fetch(place));
    assertTrue(peers.seen.stream().allMatch(one -> one.host().equals("evil.test")));
  }

  @Test
  void anOpenRedirectDoesNotLendItsOriginToWhatItLeadsTo() {
    peers.redirect("victim.test/go", "http://evil.test:PORT/note");
    note("evil.test/note", "http://victim.test:PORT/go");
    assertRefused(Reason.WRONG_ID, () -> fetch("victim.test/go"));
    note("evil.test/note2", "http://evil.test:PORT/note2");
    peers.redirect("victim.test/go2", "http://evil.test:PORT/note2");
    assertEquals(peers.url("evil.test/note2"), fetch("victim.test/go2").id());
  }

  @Test
  void goneAndMissingAreToldApartAndFailuresAreRememberedForAWhile() {
    peers.on("good.test/old", request -> request.response().setStatusCode(410).end());
    assertRefused(Reason.GONE, () -> fetch("good.test/old"));
    assertRefused(Reason.NOT_FOUND, () -> fetch("good.test/never"));
    assertRefused(Reason.NOT_FOUND, () -> fetch("good.test/never"));
    assertEquals(2, peers.seen.size());
    note("good.test/never", "http://good.test:PORT/never");
    dereferencer.forget(peers.url("good.test/never"));
    assertEquals("Note", fetch("good.test/never").type());
  }

  @Test
  void bodiesThatAreNoJsonObjectAreRefused() {
    for (var body :
        List.of("<html>", "[]", "\"x\"", "", "{\"id\":1,\"id\":2}", "{} {}", "[".repeat(90_000))) {
      peers.serve("bad.test/a", Peers.ACTIVITY_JSON, body);
      dereferencer.forget(peers.url("bad.test/a"));
      assertRefused(Reason.NOT_JSON, () -> fetch("bad.test/a"));
    }
  }

  @Test
  void oneActivityCannotCauseMoreFetchesThanItsBudget() {
    var budget = Budget.perActivity();
    for (int i = 0; i < 30; i++) note("good.test/" + i, "http://good.test:PORT/" + i);
    for (int i = 0; i < 20; i++) dereferencer.fetch(peers.url("good.test/" + i), null, budget);
    assertRefused(
        Reason.BUDGET, () -> dereferencer.fetch(peers.url("good.test/20"), null, budget.deeper()));
    assertEquals(20, peers.seen.size());
    assertRefused(
        Reason.BUDGET,
        () -> {
          var deeper = new Budget(9);
          for (int i = 0; i <= Budget.DEPTH; i++) deeper = deeper.deeper();
        });
  }

  @Test
  void oneHostIsNotAskedWithoutEnd() {
    note("good.test/a", "http://good.test:PORT/a");
    var budget = new Budget(1000);
    assertRefused(
        Reason.BUDGET,
        () -> {
          for (int i = 0; i < 400; i++) dereferencer.fetch(peers.url("good.test/a"), null, budget);
        });
    assertEquals(300, peers.seen.size());
  }

  private void note(String place, String id) {
    peers.document(place, "{'id':'" + id + "','type':'Note'}");
  }

  private AsObject fetch(String place) {
    return dereferencer.fetch(peers.url(place), null);
  }

  private static boolean isActivityStreams(String header) {
    var type = MediaType.parse(header);
    return type != null && type.isActivityStreams();
  }
}
