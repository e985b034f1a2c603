package org.placette.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.proof.DataIntegrity;
import org.placette.federation.signature.Keys;
import org.placette.outbox.Receiver;
import org.placette.post.Posts.NewPost;
import org.placette.post.Visibility;
import org.placette.testing.FakeInstance;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;

/** What other servers send to Groups here, and what Groups send to them. */
@ExtendWith(PgExtension.class)
class GroupInboxTest {

  private static Square square;
  private static Actor nour;

  @BeforeAll
  static void start(Db db) {
    square = new Square(db);
    nour = square.animator("nour");
  }

  @AfterAll
  static void stop() {
    square.close();
  }

  private static Actor found(String name, Theme.Access access) {
    return square.found(nour, name, access);
  }

  private static String note(String id, String author, String to, String more) {
    return """
    {'id':'PEER/c/%1$s','type':'Create','actor':'PEER/users/%2$s',%3$s,
     'object':{'id':'PEER/n/%1$s','type':'Note','attributedTo':'PEER/users/%2$s',%3$s,
       'content':'<p>secret %1$s</p>'%4$s}}
    """
        .formatted(id, author, to, more);
  }

  @Test
  void a_member_elsewhere_writes_to_a_private_group_and_the_members_inboxes_alone_get_it() {
    var club = found("parents", Theme.Access.PRIVATE);
    var fay = square.stranger("fay");
    var gus = square.stranger("gus");
    square.follow(fay, club);
    var far = square.followerOn("far.example", Receiver.MICROBLOG, club);
    var unused = square.sent();
    var to = "'to':['" + club.uri() + "'],'cc':[]";
    assertEquals("not-a-member", square.receive(note("1", "gus", to, "")));
    assertEquals(null, square.receive(note("2", "fay", to, "")));
    assertEquals(1, square.count("post where visibility = 'group' and content like '%secret 2%'"));
    var sent = square.sent();
    assertTrue(sent.stream().anyMatch(one -> one.inbox().equals(far.inbox())), sent.toString());
    for (var one : sent) {
      assertEquals("Announce", one.type());
      assertEquals("Create", one.objectType());
      assertFalse(one.body().path("to").toString().contains("Public"));
      assertFalse(one.inbox().equals("https://far.example/inbox"), "no shared inbox");
    }
    var post = Objects.requireNonNull(square.posts.byUri(square.peer.at("/n/2")));
    assertTrue(square.posts.readable(post, nour) && square.posts.readable(post, fay));
    assertFalse(square.posts.readable(post, gus) || square.posts.readable(post, null));
  }

  @Test
  void who_asks_from_elsewhere_to_join_is_told_to_the_groups_carers_until_it_is_answered() {
    var club = found("pecheurs", Theme.Access.PRIVATE);
    for (var name : new String[] {"lea", "max"}) {
      var unused = square.stranger(name);
      assertEquals(null, square.receive(joining(name, club)));
    }
    var told = "notification where type = 'GroupRequest' and group_id = " + club.id();
    assertEquals(2, square.count(told + " and actor_id = " + nour.id()));
    assertEquals(2, square.count(told), "nobody else is told");
    square.receive(
        "{'id':'PEER/undo','type':'Undo','actor':'PEER/users/lea','object':"
            + joining("lea", club)
            + "}");
    assertEquals(1, square.count(told));
    var max = square.stranger("max");
    square.db.transact(tx -> square.follows.accept(tx, club, max));
    assertEquals(0, square.count(told));
    assertEquals(null, square.receive(joining("max", club)), "the answer may be lost");
    assertEquals(0, square.count(told));
  }

  private static String joining(String name, Actor club) {
    return "{'id':'PEER/f/%1$s','type':'Follow','actor':'PEER/users/%1$s','object':'%2$s'}"
        .formatted(name, club.uri());
  }

  @Test
  void what_the_keeper_of_a_conversation_adds_to_it_is_asked_for_at_its_own_place() {
    var keeper = square.stranger("kai");
    square.follow(nour, keeper);
    var open = "'to':['https://www.w3.org/ns/activitystreams#Public'],'cc':[]";
    var create = note("8", "kai", open, "").strip();
    var add =
        """
        {'id':'PEER/add/8','type':'Add','actor':'PEER/users/kai',%s,'object':%s,
         'target':{'id':'PEER/conversation/8','type':'Collection','attributedTo':'PEER/users/kai'}}
        """
            .formatted(open, create);
    assertEquals(null, square.receive(add));
    assertEquals(1, square.count("post where content like '%secret 8%'"));
    assertEquals(
        0, square.count("announce where actor_id = " + keeper.id()), "nobody has shared anything");
    // What somebody on another server wrote is believed only when that server says so.
    var forged =
        add.replace("/8", "/9")
            .replace("secret 8", "secret 9")
            .replace(
                "'actor':'PEER/users/kai','to'", "'actor':'https://other.example/users/zed','to'");
    assertThrows(
        FetchProblem.class,
        () -> square.receive(forged.replace("PEER/n/9", "https://other.example/n/9")));
    assertEquals(0, square.count("post where content like '%secret 9%'"));
  }

  @Test
  void an_open_group_passes_on_what_members_say_in_both_forms() {
    var theme = found("velo", Theme.Access.PUBLIC);
    var fay = square.stranger("fay");
    square.follow(fay, theme);
    var far = square.followerOn("wide.example", Receiver.MICROBLOG, theme);
    var unused = square.sent();
    var open = "'to':['https://www.w3.org/ns/activitystreams#Public'],'cc':['" + theme.uri() + "']";
    assertEquals(null, square.receive(note("3", "fay", open, "")));
    var types =
        square.sent().stream()
            .filter(one -> one.host().equals(far.host()))
            .map(one -> one.type() + " " + one.objectType())
            .sorted()
            .toList();
    assertEquals(List.of("Announce ", "Announce Create"), types);
  }

  private static List<String> announced(Actor far, String of) {
    return square.sent().stream()
        .filter(one -> one.host().equals(far.host()) && one.body().toString().contains("/n/" + of))
        .map(one -> one.type() + " " + one.objectType())
        .sorted()
        .toList();
  }

  private static final String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";

  @Test
  void an_open_group_passes_on_what_strangers_say_in_it_or_answer_there() {
    var theme = found("compost", Theme.Access.PUBLIC);
    var far = square.followerOn("whole.example", Receiver.MICROBLOG, theme);
    var root = square.posts.publish(nour, NewPost.note("Qui a un bac ?", "fr").in(theme));
    var unused = square.sent();
    square.stranger("lou");
    // Lemmy: everybody first, the community in cc and audience; a Page begins a discussion.
    var lemmy =
        "'to':['%s'],'cc':['%s'],'audience':'%s'".formatted(PUBLIC, theme.uri(), theme.uri());
    var page = note("31", "lou", lemmy, ",'name':'Un bac'").replace("'Note'", "'Page'");
    assertEquals(null, square.receive(page));
    assertEquals(List.of("Announce ", "Announce Create"), announced(far, "31"));
    // Mastodon answers its author, and names the group only while its reader leaves that there.
    var author = "'to':['%s'],'cc':['PEER/users/lou/followers','%s']".formatted(PUBLIC, nour.uri());
    var answer = ",'inReplyTo':'" + root.uri() + "'";
    assertEquals(null, square.receive(note("32", "lou", author, answer)));
    assertEquals(List.of("Announce Create"), announced(far, "32"));
    var below = ",'inReplyTo':'PEER/n/32'";
    assertEquals(null, square.receive(note("33", "lou", author, below)));
    assertEquals(List.of("Announce Create"), announced(far, "33"));
    // NodeBB and Friendica address the group itself.
    var forum = "'to':['%s','%s'],'cc':[]".formatted(PUBLIC, theme.uri());
    assertEquals(null, square.receive(note("34", "lou", forum, answer)));
    assertEquals(List.of("Announce Create"), announced(far, "34"));
    // Followers only is no business of the group's.
    var closed = "'to':['PEER/users/lou/followers'],'cc':['%s']".formatted(nour.uri());
    assertEquals(null, square.receive(note("35", "lou", closed, answer)));
    assertEquals(List.of(), announced(far, "35"));
  }

  @Test
  void a_group_whose_members_alone_write_passes_on_nobody_else() {
    var wanted =
        new Groups.Wanted(
            "mairie", null, "theme", Theme.Access.PUBLIC, "", List.of(), "public", "members");
    var theme = square.groups.found(nour, "mairie", wanted);
    var request = found("demande", Theme.Access.APPROVAL);
    var mia = square.stranger("mia");
    for (var group : List.of(theme, request)) {
      var far = square.followerOn("few.example", Receiver.MICROBLOG, group);
      var root = square.posts.publish(nour, NewPost.note("Les travaux", "fr").in(group));
      var unused = square.sent();
      var forum = "'to':['%s','%s'],'cc':[]".formatted(PUBLIC, group.uri());
      var answer = ",'inReplyTo':'" + root.uri() + "'";
      var id = "4" + group.username();
      assertEquals(null, square.receive(note(id, "mia", forum, answer)));
      assertEquals(List.of(), announced(far, id));
      square.follow(mia, group);
      assertEquals(null, square.receive(note(id + "2", "mia", forum, answer)));
      assertEquals(List.of("Announce Create"), announced(far, id + "2"));
    }
  }

  @Test
  void somebody_whom_nobody_knows_is_passed_on_a_few_times_an_hour() {
    var theme = found("cris", Theme.Access.PUBLIC);
    var far = square.followerOn("quiet.example", Receiver.MICROBLOG, theme);
    square.stranger("zed");
    var forum = "'to':['%s','%s'],'cc':[]".formatted(PUBLIC, theme.uri());
    for (int i = 0; i < 9; i++)
      assertEquals(null, square.receive(note("5" + i, "zed", forum, ",'name':'Encore'")));
    var passed =
        square.sent().stream()
            .filter(one -> one.host().equals(far.host()) && one.objectType().equals("Create"));
    assertEquals(5, passed.count());
    assertEquals(9, square.count("post where content like '%secret 5_<%'"));
  }

  @Test
  void what_is_hidden_is_taken_back_from_the_groups_followers_and_given_back_later() {
    var theme = found("brocante", Theme.Access.PUBLIC);
    var far = square.followerOn("back.example", Receiver.MICROBLOG, theme);
    square.stranger("kim");
    var forum = "'to':['%s','%s'],'cc':[]".formatted(PUBLIC, theme.uri());
    assertEquals(null, square.receive(note("61", "kim", forum, ",'name':'Vends tout'")));
    var post = Objects.requireNonNull(square.posts.byUri(square.peer.at("/n/61")));
    var unused = square.sent();
    square.db.transact(tx -> square.takedown.hide(tx, post.id()));
    assertFalse(square.posts.readable(post, nour));
    assertEquals(List.of("Announce Delete", "Undo Announce"), announced(far, "61"));
    square.db.transact(tx -> square.takedown.show(tx, post.id()));
    assertTrue(square.posts.readable(post, nour));
    assertEquals(List.of("Announce ", "Announce Undo"), announced(far, "61"));
    square.db.transact(tx -> square.takedown.remove(tx, post));
    var gone = square.sent().stream().filter(one -> one.objectType().equals("Delete"));
    var delete = gone.findFirst().orElseThrow().body().path("object");
    assertEquals(post.uri(), delete.path("object").asText());
    assertEquals(square.actors.agenda().uri(), delete.path("actor").asText());
    assertFalse(delete.path("summary").asText().isEmpty(), "which makes it a moderator's");
  }

  @Test
  void a_resident_names_a_group_elsewhere_and_it_gets_the_post() {
    var lemmy = square.stranger("Group", "/c/potager", "potager");
    square.follow(nour, lemmy);
    var unused = square.sent();
    var post = square.posts.publish(nour, NewPost.note("Des graines ?", "fr").in(lemmy));
    var create = square.sent().getFirst();
    assertEquals(lemmy.uri(), create.body().path("object").path("audience").asText());
    assertTrue(create.body().path("to").toString().contains(lemmy.uri()));
    assertEquals(lemmy.id(), post.audienceId());
  }

  @Test
  void a_discussion_that_a_group_does_not_take_from_a_stranger_is_not_in_it() {
    var request = found("conseil", Theme.Access.APPROVAL);
    var pia = square.stranger("pia");
    var to = "'to':['%s','%s'],'cc':[]".formatted(PUBLIC, request.uri());
    assertEquals(null, square.receive(note("p1", "pia", to, "")));
    assertEquals(1, square.count("post where audience_id is null and content like '%secret p1%'"));
    square.follow(pia, request);
    assertEquals(null, square.receive(note("p2", "pia", to, "")));
    assertEquals(
        1, square.count("post where audience_id is not null and content like '%secret p2%'"));
  }

  @Test
  void a_member_here_of_a_private_group_elsewhere_reads_it_and_answers_to_that_group_alone() {
    var club = square.stranger("Group", "/c/club", "club");
    var ann = square.stranger("ann");
    square.follow(nour, club);
    var members = Objects.requireNonNull(club.followers());
    var to = "'to':['%s','%s'],'cc':[]".formatted(club.uri(), members);
    assertEquals(null, square.receive(note("71", "ann", to, "")));
    var post = Objects.requireNonNull(square.posts.byUri(square.peer.at("/n/71")));
    assertTrue(square.posts.readable(post, nour));
    assertFalse(square.posts.readable(post, square.resident("lea")));
    var unused = square.sent();
    var reply = square.posts.publish(nour, NewPost.note("Merci", "fr").inReplyTo(post.id()));
    assertEquals(club.id(), reply.audienceId());
    var sent = square.sent();
    assertEquals(List.of(club.inbox()), sent.stream().map(Square.Sent::inbox).toList());
    assertFalse(sent.getFirst().body().toString().contains(PUBLIC), "for nobody else");
    assertTrue(sent.getFirst().body().has("proof"), "members elsewhere can tell who wrote it");
  }

  @Test
  void a_member_here_reads_what_a_third_servers_member_wrote_in_a_private_group() {
    var club = square.stranger("Group", "/c/far", "far");
    square.follow(nour, club);
    var members = Objects.requireNonNull(club.followers());
    try (var third = new FakeInstance(square.vertx)) {
      var zed = third.person("zed");
      var author = zed.get("id").asText();
      var pair = Keys.ed25519();
      zed.putArray("assertionMethod")
          .addObject()
          .put("id", author + "#ed25519-key")
          .put("type", "Multikey")
          .put("controller", author)
          .put("publicKeyMultibase", Keys.toMultikey(pair.getPublic()));
      third.put(zed);
      var to = "'to':['%s','%s'],'cc':[]".formatted(club.uri(), members);
      var plain =
          Square.json(
              note("81", "zed", to, "")
                  .replace("PEER", third.at(""))
                  .replace("secret", "entre nous"));
      plain.put("@context", "https://www.w3.org/ns/activitystreams");
      var proven =
          DataIntegrity.sign(plain, author + "#ed25519-key", pair.getPrivate(), Instant.now());
      var forged = proven.deepCopy();
      forged.withObject("/object").put("content", "<p>forged</p>");
      assertThrows(FetchProblem.class, () -> square.receive(passed(club, "82", forged)));
      var other = square.stranger("Group", "/c/other", "other");
      assertThrows(FetchProblem.class, () -> square.receive(passed(other, "83", proven)));
      assertEquals(null, square.receive(passed(club, "84", proven)));
      var post = Objects.requireNonNull(square.posts.byUri(third.at("/n/81")));
      assertTrue(post.content().contains("entre nous 81"));
      assertTrue(square.posts.readable(post, nour));
      assertFalse(square.posts.readable(post, square.resident("max")));
    }
  }

  @Test
  void what_a_member_here_begins_in_a_private_group_elsewhere_is_for_its_members_alone() {
    var id = square.peer.at("/c/hidden");
    square.peer.put(
        square
            .peer
            .actor("Group", "/c/hidden", "hidden")
            .put("manuallyApprovesFollowers", true)
            .put("discoverable", false));
    var club = square.actors.resolve(id, Budget.perActivity());
    square.follow(nour, club);
    var unused = square.sent();
    var post = square.posts.publish(nour, NewPost.note("Entre nous", "fr").in(club));
    assertEquals(Visibility.GROUP, post.visibility());
    var sent = square.sent();
    assertEquals(List.of(club.inbox()), sent.stream().map(Square.Sent::inbox).toList());
    assertFalse(sent.getFirst().body().toString().contains(PUBLIC));
    var room = square.groups.rooms(square.db, nour).stream().filter(one -> one.id() == club.id());
    assertTrue(room.findFirst().orElseThrow().closed());
  }

  private static ObjectNode passed(Actor group, String id, ObjectNode activity) {
    var announce =
        Square.json(
            "{'id':'PEER/a/%s','type':'Announce','actor':'%s','to':['%s'],'cc':[]}"
                .formatted(id, group.uri(), group.followers())
                .replace("PEER", square.peer.at("")));
    announce.set("object", activity);
    return announce;
  }

  @Test
  void a_private_group_passes_a_proven_message_on_whole() {
    var club = found("jardiniers", Theme.Access.PRIVATE);
    square.follow(square.stranger("hal"), club);
    var far = square.followerOn("garden.example", Receiver.MICROBLOG, club);
    var unused = square.sent();
    var to = "'to':['" + club.uri() + "'],'cc':[]";
    var create = Square.json(note("k1", "hal", to, "").replace("PEER", square.peer.at("")));
    create.put("@context", "https://www.w3.org/ns/activitystreams");
    create.putObject("proof").put("type", "DataIntegrityProof");
    assertEquals(null, square.receive(create));
    var sent = square.sent().stream().filter(one -> one.inbox().equals(far.inbox())).toList();
    assertEquals(create, sent.getFirst().body().path("object"));
  }
}
