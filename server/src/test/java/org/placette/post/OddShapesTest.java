package org.placette.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.federation.fetch.Budget;
import org.placette.group.Theme;
import org.placette.post.Posts.NewPost;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;

/** Groups, threads, polls and votes in the shapes that servers really and hardly send them. */
@ExtendWith(PgExtension.class)
class OddShapesTest {

  private static final String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";

  private static Square square;
  private static Actor nour;
  private static Actor group;
  private static Post root;

  @BeforeAll
  static void start(Db db) {
    square = new Square(db);
    nour = square.animator("nour");
    group = square.found(nour, "potager", Theme.Access.PUBLIC);
    root = square.posts.publish(nour, NewPost.note("Des graines ?", "fr").in(group));
    for (var name : List.of("fay", "mod", "lou")) square.stranger(name);
    var community = square.peer.actor("Group", "/c/velo", "velo");
    square.peer.put(community.put("featured", square.peer.at("/c/velo/featured")));
    var velo = square.actors.resolve(square.peer.at("/c/velo"), Budget.perActivity());
    square.follow(nour, velo);
  }

  @AfterAll
  static void stop() {
    square.close();
  }

  private static String filled(String text) {
    return text.replace("PUBLIC", PUBLIC)
        .replace("GROUP", group.uri())
        .replace("ROOT", root.uri())
        .replace("NOUR", nour.uri())
        .replace("PEER", square.peer.at(""));
  }

  private static void taken(String what, String activity, List<String> wrong) {
    try {
      var reason = square.receive(filled(activity));
      if (reason != null) wrong.add(what + ": " + reason);
    } catch (RuntimeException e) {
      wrong.add(what + ": " + e);
    }
  }

  private static void stored(String id, List<String> wrong) {
    if (square.posts.byUri(square.peer.at(id)) == null) wrong.add("not stored: " + id);
  }

  @Test
  void one_for_many_and_many_for_one_are_the_same() {
    List<String> wrong = new ArrayList<>();
    taken(
        "actor as an object, object as an array, to as a string",
        """
        {'id':'PEER/c/1','type':['Create'],'actor':{'id':'PEER/users/fay','type':'Person'},
         'to':'PUBLIC','cc':null,'object':[{'id':'PEER/n/1','type':['Note'],
          'attributedTo':[{'type':'Person','id':'PEER/users/fay'}],'to':'PUBLIC','cc':'GROUP',
          'content':['<p>un</p>'],'inReplyTo':['ROOT'],'tag':{'type':'Mention','href':'GROUP'},
          'audience':['GROUP'],'context':{'id':'PEER/ctx/1','type':'OrderedCollection'},
          'attachment':{'type':'Link','href':'https://a.example'}}]}
        """,
        wrong);
    stored("/n/1", wrong);
    taken(
        "audience with a stranger first, context without an id",
        """
        {'id':'PEER/c/2','type':'Create','actor':'PEER/users/fay','to':['PUBLIC'],
         'object':{'id':'PEER/n/2','type':'Page','attributedTo':'PEER/users/fay','to':['PUBLIC'],
          'audience':['https://nobody.example/c/x',{'id':'GROUP','type':'Group'}],
          'name':'Une page','content':null,'source':{'content':'deux','mediaType':'text/markdown'},
          'context':{'type':'Collection'},'url':[{'type':'Link','href':'PEER/p/2'}],
          'replies':{'type':'Collection','items':[{'type':'Tombstone','id':'PEER/n/gone'}]}}}
        """,
        wrong);
    stored("/n/2", wrong);
    var page = square.posts.byUri(square.peer.at("/n/2"));
    if (page != null) assertEquals(group.id(), page.audienceId());
    taken(
        "quotes and policies of Mastodon 4.5, GoToSocial and Misskey",
        """
        {'id':'PEER/c/3','type':'Create','actor':'PEER/users/fay','to':['PUBLIC'],
         'object':{'id':'PEER/n/3','type':'Note','attributedTo':'PEER/users/fay','to':['PUBLIC'],
          'content':'<p>trois</p>','quote':'ROOT','quoteUri':'ROOT','_misskey_quote':'ROOT',
          'quoteAuthorization':'PEER/q/3','interactionPolicy':{'canQuote':{'automaticApproval':
          'PUBLIC'},'canReply':{'always':['PUBLIC'],'approvalRequired':[]}},
          'tag':[{'type':'Link','href':'ROOT','rel':'x'},null,'PEER/tags/x'],'_misskey_content':'x'}}
        """,
        wrong);
    stored("/n/3", wrong);
    assertEquals(List.of(), wrong);
  }

  @Test
  void a_community_passes_on_everything_that_its_members_and_moderators_do() {
    List<String> wrong = new ArrayList<>();
    var announce =
        "{'id':'PEER/a/%s','type':'Announce','actor':'PEER/c/velo','to':'PUBLIC','cc':["
            + "'PEER/c/velo/followers'],'object':%s}";
    var create =
        """
        {'id':'PEER/c/l%1$s','type':'Create','actor':'PEER/users/lou','to':['PUBLIC'],
         'cc':['PEER/c/velo'],'audience':'PEER/c/velo','object':{'id':'PEER/n/l%1$s','type':'%2$s',
         'attributedTo':'PEER/users/lou','to':['PEER/c/velo','PUBLIC'],'audience':'PEER/c/velo',
         'name':'Titre','content':'<p>x</p>','published':'2026-03-01T10:00:00Z'}}
        """;
    taken("Page", announce.formatted("1", create.formatted("1", "Page")), wrong);
    stored("/n/l1", wrong);
    var twice = announce.formatted("in", create.formatted("2", "Article"));
    taken("an Announce in an Announce", announce.formatted("2", twice), wrong);
    stored("/n/l2", wrong);
    var both = "[" + create.formatted("3", "Note") + "," + create.formatted("4", "Note") + "]";
    taken("a list of activities", announce.formatted("3", both), wrong);
    stored("/n/l3", wrong);
    stored("/n/l4", wrong);
    var like = "{'id':'PEER/k/1','type':'Like','actor':'PEER/users/fay','object':'PEER/n/l1'}";
    taken("Like", announce.formatted("4", like), wrong);
    var undo = "{'id':'PEER/k/2','type':'Undo','actor':'PEER/users/fay','object':" + like + "}";
    taken("Undo of a Like", announce.formatted("5", undo), wrong);
    var add =
        "{'id':'PEER/k/3','type':'%s','actor':'PEER/users/mod','object':'%s','target':"
            + "'PEER/c/velo/%s','cc':['PEER/c/velo']}";
    taken("pin", announce.formatted("6", add.formatted("Add", "PEER/n/l1", "featured")), wrong);
    taken(
        "unpin", announce.formatted("7", add.formatted("Remove", "PEER/n/l1", "featured")), wrong);
    var made = add.formatted("Add", "PEER/users/fay", "moderators");
    assertEquals("ignored", square.receive(filled(announce.formatted("8", made))));
    var block =
        "{'id':'PEER/k/4','type':'Block','actor':'PEER/users/mod','object':'%s','target':"
            + "'PEER/c/velo','removeData':true,'summary':'spam'}";
    var ban = announce.formatted("9", block.formatted("PEER/users/fay"));
    assertEquals("block-of-nobody-here", square.receive(filled(ban)));
    var delete =
        "{'id':'PEER/k/5','type':'Delete','actor':'PEER/users/mod','object':'PEER/n/l1',"
            + "'summary':'spam','to':['PUBLIC'],'cc':['PEER/c/velo']}";
    square.peer.gone("/n/l1");
    taken("a moderator's Delete", announce.formatted("10", delete), wrong);
    assertNull(square.posts.byUri(square.peer.at("/n/l1")), "removed");
    assertEquals(List.of(), wrong);
  }

  @Test
  void polls_and_votes_are_read_in_all_their_dialects() {
    List<String> wrong = new ArrayList<>();
    taken(
        "one option, both kinds, closed as a word",
        """
        {'id':'PEER/c/q1','type':'Create','actor':'PEER/users/fay','to':['PUBLIC'],
         'object':{'id':'PEER/n/q1','type':'Question','attributedTo':'PEER/users/fay',
          'to':['PUBLIC'],'content':'<p>Quand ?</p>','closed':true,'endTime':'2099-01-01T00:00:00Z',
          'oneOf':[{'type':'Note','name':'a','replies':{'type':'Collection','totalItems':'3'}},
            {'name':'b','replies':4}],'anyOf':[],'votersCount':null}}
        """,
        wrong);
    stored("/n/q1", wrong);
    taken(
        "oneOf and anyOf both",
        """
        {'id':'PEER/c/q2','type':'Create','actor':'PEER/users/fay','to':['PUBLIC'],
         'object':{'id':'PEER/n/q2','type':'Question','attributedTo':'PEER/users/fay',
          'to':['PUBLIC'],'content':'','name':'Quand ?','oneOf':{'type':'Note','name':'seule'},
          'anyOf':[{'type':'Note','name':'a'},{'type':'Note','name':'b'}]}}
        """,
        wrong);
    stored("/n/q2", wrong);
    var options = List.of(new Poll.Option("Jeudi", 0), new Poll.Option("Vendredi", 0));
    var poll = new Poll(false, options, 0, Instant.now().plusSeconds(600), null);
    var extras = new Extras(true, false, poll, null, null, Extras.Also.NOTHING);
    var asked =
        square.posts.publish(
            nour,
            new NewPost(
                "Quel soir ?", null, null, Visibility.PUBLIC, "fr", null, null, List.of(), extras));
    taken(
        "a vote with a name and a content",
        """
        {'id':'PEER/v/1','type':'Create','actor':'PEER/users/fay','to':'NOUR',
         'object':{'id':'PEER/v/1#n','type':'Note','attributedTo':'PEER/users/fay','to':'NOUR',
          'name':'Jeudi','content':'','inReplyTo':'POLL','published':'2026-03-01T10:00:00Z'}}
        """
            .replace("POLL", asked.uri()),
        wrong);
    taken(
        "a vote as an Answer without a type of its own",
        """
        {'id':'PEER/v/2','type':'Create','actor':'PEER/users/lou','to':['NOUR'],'cc':[],
         'object':{'id':'PEER/v/2#n','type':'Answer','attributedTo':['PEER/users/lou'],
          'to':['NOUR'],'name':'Vendredi','inReplyTo':{'id':'POLL','type':'Question'}}}
        """
            .replace("POLL", asked.uri()),
        wrong);
    assertEquals(List.of(), wrong);
    assertEquals(2, square.count("poll_vote"));
  }
}
