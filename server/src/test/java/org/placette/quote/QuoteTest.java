package org.placette.quote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.post.Extras;
import org.placette.post.Post;
import org.placette.post.PostStore;
import org.placette.post.Posts.NewPost;
import org.placette.post.Quotable;
import org.placette.post.Visibility;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;

/** Consent to quotes, asked for and given (FEP-044f). */
@ExtendWith(PgExtension.class)
class QuoteTest {

  private static Square square;
  private static Actor nour;
  private static Actor fay;

  @BeforeAll
  static void start(Db db) {
    square = new Square(db);
    nour = square.resident("nour");
    fay = square.stranger("fay");
  }

  @AfterAll
  static void stop() {
    square.close();
  }

  private static @Nullable String ask(String number, Post quoted, String author) {
    return square.receive(
        """
        {'id':'PEER/n/%1$s/quote','type':'QuoteRequest','actor':'PEER/users/fay','object':'%2$s',
         'instrument':{'id':'PEER/n/%1$s','type':'Note','attributedTo':'PEER/users/%3$s',
           'quote':'%2$s'}}
        """
            .formatted(number, quoted.uri(), author));
  }

  private static JsonNode answer() {
    var sent = square.sent();
    assertEquals(1, sent.size(), sent.toString());
    assertEquals(fay.inbox(), sent.getFirst().inbox());
    return sent.getFirst().body();
  }

  @Test
  void what_everybody_may_read_may_be_quoted_and_a_stamp_says_so() {
    var post = square.posts.publish(nour, NewPost.note("Le marché est ouvert.", "fr"));
    var unused = square.sent();
    assertNull(ask("1", post, "fay"));
    var yes = answer();
    assertEquals("Accept", yes.path("type").asText());
    assertEquals(square.peer.at("/n/1/quote"), yes.at("/object/id").asText());
    var id = yes.path("result").asText();
    var stamp = UUID.fromString(id.substring(id.lastIndexOf('/') + 1));
    var shown = Objects.requireNonNull(square.quotes.authorization(stamp));
    assertEquals("QuoteAuthorization", shown.path("type").asText());
    assertEquals(id, shown.path("id").asText());
    assertEquals(nour.uri(), shown.path("attributedTo").asText());
    assertEquals(square.peer.at("/n/1"), shown.path("interactingObject").asText());
    assertEquals(post.uri(), shown.path("interactionTarget").asText());
    // Asked again, the same; blocked, or deleted, it no longer holds.
    assertNull(ask("1", post, "fay"));
    assertEquals(id, answer().path("result").asText());
    square.posts.delete(nour, post.id());
    assertNull(square.quotes.authorization(stamp));
    assertEquals("quote-of-nothing-here", ask("1", post, "fay"));
    unused = square.sent();
  }

  @Test
  void nobody_quotes_what_is_for_few_nor_in_the_name_of_others() {
    var wanted = NewPost.note("Entre nous.", "fr").to(Visibility.FOLLOWERS);
    var post = square.posts.publish(nour, wanted);
    var unused = square.sent();
    assertNull(ask("2", post, "fay"));
    assertEquals("Reject", answer().path("type").asText());
    assertEquals(0, square.count("quote_stamp where post_id = " + post.id()));
    assertEquals("not-the-author", ask("3", post, "gus"));
  }

  private static Post theirs(String number) {
    assertNull(
        square.receive(
            """
            {'id':'PEER/c/%1$s','type':'Create','actor':'PEER/users/fay',
             'to':['https://www.w3.org/ns/activitystreams#Public'],
             'object':{'id':'PEER/n/%1$s','type':'Note','attributedTo':'PEER/users/fay',
               'to':['https://www.w3.org/ns/activitystreams#Public'],'content':'<p>À citer</p>'}}
            """
                .formatted(number)));
    return Objects.requireNonNull(square.posts.byUri(square.peer.at("/n/" + number)));
  }

  private static Post quoting(Post quoted) {
    Extras.Also also =
        (tx, id) -> square.quotes.wrote(tx, nour, Objects.requireNonNull(PostStore.byId(tx, id)));
    var extras = new Extras(false, false, null, quoted.uri(), null, also);
    var wanted =
        new NewPost(
            "Voyez ceci", null, null, Visibility.PUBLIC, "fr", null, null, List.of(), extras);
    return square.posts.publish(nour, wanted);
  }

  @Test
  void a_resident_s_quote_waits_until_its_author_elsewhere_agrees() {
    var follower = square.stranger("lou");
    square.follow(follower, nour);
    var quoted = theirs("11");
    var post = quoting(quoted);
    var consent = "post where id = " + post.id() + " and quote_consent = ";
    assertEquals(1, square.count(consent + "'pending'"));
    var asked = square.sent().stream().filter(one -> one.type().equals("QuoteRequest")).findFirst();
    assertTrue(asked.isPresent());
    var request = asked.get().body();
    assertEquals(fay.inbox(), asked.get().inbox());
    assertEquals(post.uri(), request.at("/instrument/id").asText());
    assertEquals(quoted.uri(), request.path("object").asText());
    assertTrue(request.at("/instrument/content").asText().contains("RE: <a href="));
    var yes =
        """
        {'id':'PEER/a/%s','type':'Accept','actor':'PEER/users/%s','result':'%s',
         'object':{'id':'%s','type':'QuoteRequest'}}
        """;
    var id = request.path("id").asText();
    assertEquals(
        "answer-not-by-the-target", square.receive(yes.formatted("1", "lou", "PEER/stamps/1", id)));
    assertNull(square.receive(yes.formatted("2", "fay", "PEER/stamps/1", id)));
    assertEquals(1, square.count(consent + "'accepted'"));
    var counted = "post where id = " + quoted.id() + " and quotes_count = ";
    assertEquals(1, square.count(counted + 1));
    var update = square.sent().stream().filter(one -> one.type().equals("Update")).findFirst();
    assertNotNull(update.orElse(null));
    assertEquals(
        square.peer.at("/stamps/1"), update.get().body().at("/object/quoteAuthorization").asText());
    // She takes it back.
    assertNull(
        square.receive(
            """
            {'id':'PEER/d/1','type':'Delete','actor':'PEER/users/fay','object':'PEER/stamps/1'}
            """));
    assertEquals(1, square.count(consent + "'revoked'"));
    assertEquals(1, square.count(counted + 0));
  }

  @Test
  void whoever_is_quoted_is_told_and_may_take_the_consent_back_for_good() {
    var post = square.posts.publish(nour, NewPost.note("Citez-moi.", "fr"));
    var unused = square.sent();
    assertNull(ask("41", post, "fay"));
    var stamp = answer().path("result").asText();
    assertNull(
        square.receive(
            """
            {'id':'PEER/c/41','type':'Create','actor':'PEER/users/fay',
             'to':['https://www.w3.org/ns/activitystreams#Public'],
             'object':{'id':'PEER/n/41','type':'Note','attributedTo':'PEER/users/fay',
               'to':['https://www.w3.org/ns/activitystreams#Public'],'content':'<p>RE</p>',
               'quote':'%s','quoteAuthorization':'%s'}}
            """
                .formatted(post.uri(), stamp)));
    var quoting = Objects.requireNonNull(square.posts.byUri(square.peer.at("/n/41")));
    var consent = "post where id = " + quoting.id() + " and quote_consent = ";
    assertEquals(1, square.count(consent + "'accepted'"));
    var told = "notification where type = 'Quote' and actor_id = %d and post_id = %d";
    assertEquals(1, square.count(told.formatted(nour.id(), quoting.id())));

    square.db.transact(tx -> square.quotes.revoke(tx, nour, post, quoting));
    assertEquals(1, square.count(consent + "'revoked'"));
    assertEquals(1, square.count("post where id = " + post.id() + " and quotes_count = 0"));
    var delete = square.sent().getFirst().body();
    assertEquals("Delete", delete.path("type").asText());
    assertEquals(stamp, delete.at("/object/id").asText());
    assertEquals("QuoteAuthorization", delete.at("/object/type").asText());
    var number = UUID.fromString(stamp.substring(stamp.lastIndexOf('/') + 1));
    assertNull(square.quotes.authorization(number));
    assertNull(ask("41", post, "fay"));
    assertEquals("Reject", answer().path("type").asText());
  }

  @Test
  void a_stamp_counts_when_it_is_the_quoted_author_s_and_names_both() {
    var quoted = theirs("21");
    for (var wrong : List.of("gus", "fay")) {
      var stamp = square.peer.at("/stamps/" + wrong);
      var unused =
          square.peer.put(
              Square.json(
                  """
                  {'id':'%s','type':'QuoteAuthorization','attributedTo':'%s',
                   'interactingObject':'%s','interactionTarget':'%s'}
                  """
                      .formatted(
                          stamp,
                          square.peer.at("/users/" + wrong),
                          square.peer.at("/n/q-" + wrong),
                          quoted.uri())));
      var gus = square.stranger("gus");
      assertNotNull(gus);
      assertNull(
          square.receive(
              """
              {'id':'PEER/c/q-%1$s','type':'Create','actor':'PEER/users/gus',
               'to':['https://www.w3.org/ns/activitystreams#Public'],
               'object':{'id':'PEER/n/q-%1$s','type':'Note','attributedTo':'PEER/users/gus',
                 'to':['https://www.w3.org/ns/activitystreams#Public'],'content':'<p>RE</p>',
                 'quote':'%2$s','quoteAuthorization':'%3$s'}}
              """
                  .formatted(wrong, quoted.uri(), stamp)));
    }
    var consent = "post where uri like '%/n/q-gus' and quote_consent = ";
    assertEquals(1, square.count(consent + "'rejected'"));
    assertEquals(1, square.count(consent.replace("gus", "fay") + "'accepted'"));
  }

  @Test
  void what_its_author_keeps_from_quotes_is_refused_and_says_so() {
    var extras = new Extras(false, false, null, null, Quotable.NOBODY, null, Extras.Also.NOTHING);
    var wanted =
        new NewPost("Pas cela", null, null, Visibility.PUBLIC, "fr", null, null, List.of(), extras);
    square.follow(square.stranger("lou"), nour);
    var post = square.posts.publish(nour, wanted);
    var sent = square.sent().getFirst().body();
    var who = sent.at("/object/interactionPolicy/canQuote/automaticApproval/0").asText();
    assertEquals(nour.uri(), who);
    assertNull(ask("4", post, "fay"));
    assertEquals("Reject", answer().path("type").asText());
  }

  @Test
  void an_author_elsewhere_says_who_may_quote() {
    quotableIs("31", "'automaticApproval':['as:Public']", "public");
    quotableIs("32", "'automaticApproval':'PEER/users/fay/followers'", "followers");
    quotableIs("33", "'manualApproval':['https://www.w3.org/ns/activitystreams#Public']", "manual");
    quotableIs("34", "'automaticApproval':['PEER/users/fay']", "nobody");
    var post = theirs("35");
    assertEquals(1, square.count("post where quotable is null and id = " + post.id()));
  }

  private static void quotableIs(String number, String policy, String word) {
    assertNull(
        square.receive(
            """
            {'id':'PEER/c/%1$s','type':'Create','actor':'PEER/users/fay',
             'to':['https://www.w3.org/ns/activitystreams#Public'],
             'object':{'id':'PEER/n/%1$s','type':'Note','attributedTo':'PEER/users/fay',
               'to':['https://www.w3.org/ns/activitystreams#Public'],'content':'<p>À citer</p>',
               'interactionPolicy':{'canQuote':{%2$s}}}}
            """
                .formatted(number, policy)));
    var where = "post where uri like '%%/n/%s' and quotable = '%s'".formatted(number, word);
    assertEquals(1, square.count(where), word);
  }
}
