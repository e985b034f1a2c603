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

/** Collections of every shape, and those that lead in circles. */
class CollectionReaderTest {

  private final Peers peers = new Peers();
  private final GuardedHttp http = peers.guarded();
  private final CollectionReader reader =
      new CollectionReader(new Dereferencer(new SignedHttp(http)));

  @AfterEach
  void close() {
    http.close();
    peers.close();
  }

  @Test
  void itemsComeFromTheCollectionItself() {
    peers.document(
        "good.test/c",
        "{'type':'Collection','totalItems':9,'items':['https://x.example/1',7,null,'eight',{'type':'Like'}]}");
    var read = read("good.test/c");
    assertEquals(List.of("https://x.example/1"), ids(read));
    assertEquals("Like", read.items().get(1).type());
    assertEquals(9, read.totalItems());
    assertTrue(read.complete());
  }

  @Test
  void pagesAreFollowedFromAnEmbeddedOrALinkedFirst() {
    peers.document(
        "good.test/linked", "{'type':'OrderedCollection','first':'http://good.test:PORT/p1'}");
    peers.document(
        "good.test/embedded",
        "{'type':'OrderedCollection','first':{'type':'OrderedCollectionPage',"
            + "'orderedItems':['https://x.example/0'],'next':'http://good.test:PORT/p1'}}");
    page("good.test/p1", "https://x.example/1", "http://good.test:PORT/p2");
    peers.document("good.test/p2", "{'type':'CollectionPage','items':'https://x.example/2'}");
    assertEquals(
        List.of("https://x.example/1", "https://x.example/2"), ids(read("good.test/linked")));
    assertEquals(3, ids(read("good.test/embedded")).size());
    assertTrue(read("good.test/linked").complete());
  }

  @Test
  void aPageThatLeadsToItselfIsReadOnce() {
    page("loop.test/p1", "https://x.example/1", "http://loop.test:PORT/p1");
    page("loop.test/p2", "https://x.example/2", "http://loop.test:PORT/p3");
    page("loop.test/p3", "https://x.example/3", "http://loop.test:PORT/p2");
    assertEquals(1, ids(read("loop.test/p1")).size());
    assertEquals(2, ids(read("loop.test/p2")).size());
    assertFalse(read("loop.test/p2").complete());
  }

  @Test
  void endlessPagesEndAfterTen() {
    peers.on(
        "endless.test/p",
        request -> {
          var next = Integer.parseInt(request.getParam("n", "0")) + 1;
          request
              .response()
              .putHeader("Content-Type", Peers.ACTIVITY_JSON)
              .end(
                  "{\"type\":\"CollectionPage\",\"items\":[\"https://x.example/%d\"],\"next\":\"%s?n=%d\"}"
                      .formatted(next, peers.url("endless.test/p"), next));
        });
    var read = read("endless.test/p");
    assertEquals(11, read.items().size());
    assertFalse(read.complete());
  }

  @Test
  void aPageOnAnotherHostIsNotAskedFor() {
    peers.document("evil.test/c", "{'type':'Collection','first':'http://victim.test:PORT/p'}");
    page("victim.test/p", "https://x.example/1", "");
    page("evil.test/p1", "https://x.example/1", "http://evil.test:PORT/hop");
    peers.redirect("evil.test/hop", "http://victim.test:PORT/p");
    assertEquals(0, read("evil.test/c").items().size());
    assertTrue(peers.seen.stream().noneMatch(one -> one.host().equals("victim.test")));
    assertEquals(1, read("evil.test/p1").items().size());
    assertFalse(read("evil.test/p1").complete());
  }

  @Test
  void noMoreItemsAreTakenThanAskedFor() {
    peers.document(
        "good.test/c",
        "{'type':'Collection','items':[%s]}".formatted("'https://x.example/1',".repeat(99) + "1"));
    var read = reader.items(peers.url("good.test/c"), null, 40, Budget.perActivity());
    assertEquals(40, read.items().size());
    assertFalse(read.complete());
  }

  @Test
  void aCollectionThatShowsOnlyItsSizeIsNotRead() {
    peers.document("shy.test/c", "{'type':'OrderedCollection','totalItems':296}");
    peers.document("empty.test/c", "{'type':'OrderedCollection','totalItems':0}");
    assertEquals(296, read("shy.test/c").totalItems());
    assertFalse(read("shy.test/c").complete());
    assertTrue(read("empty.test/c").complete());
  }

  @Test
  void whatIsNoCollectionOrClaimsAnotherHostIsRefused() {
    peers.document("bad.test/note", "{'type':'Note'}");
    peers.document("bad.test/c", "{'type':'Collection','id':'http://good.test:PORT/c','items':[]}");
    assertRefused(Reason.WRONG_TYPE, () -> read("bad.test/note"));
    assertRefused(Reason.WRONG_ID, () -> read("bad.test/c"));
  }

  private void page(String place, String item, String next) {
    peers.document(
        place,
        "{'type':'OrderedCollectionPage','orderedItems':['" + item + "'],'next':'" + next + "'}");
  }

  private CollectionReader.Read read(String place) {
    return reader.items(peers.url(place), null, 100, new Budget(50));
  }

  private static List<String> ids(CollectionReader.Read read) {
    return read.items().stream().map(AsObject::id).filter(id -> id != null).toList();
  }
}
