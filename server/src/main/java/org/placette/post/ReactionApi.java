package org.placette.post;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.mastodon.Access;
import org.placette.mastodon.Account;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Status;
import org.placette.post.MarkStore.Person;
import org.placette.post.MarkStore.Placed;
import org.placette.web.Problem;

/** What people do to statuses without words, and the lists that come of it (methods/statuses). */
public final class ReactionApi implements Api.Calls {

  private final Desk desk;
  private final Reactions reactions;

  public ReactionApi(Desk desk, Reactions reactions) {
    this.desk = desk;
    this.reactions = reactions;
  }

  @Override
  public void into(Api api) {
    var favourites = "write:favourites";
    verb(api, "favourite", favourites, (me, post) -> reactions.like(me, post.id()));
    verb(api, "unfavourite", favourites, (me, post) -> reactions.unlike(me, post.id()));
    api.post("/api/v1/statuses/:id/reblog", Access.person("write:statuses"), this::reblog);
    verb(api, "unreblog", "write:statuses", (me, post) -> reactions.unannounce(me, post.id()));
    var bookmarks = "write:bookmarks";
    verb(api, "bookmark", bookmarks, (me, post) -> MarkStore.bookmark(desk.db, me.id(), post.id()));
    verb(
        api,
        "unbookmark",
        bookmarks,
        (me, post) -> MarkStore.unbookmark(desk.db, me.id(), post.id()));
    verb(api, "mute", "write:mutes", (me, post) -> MarkStore.mute(desk.db, me.id(), post.rootId()));
    verb(
        api,
        "unmute",
        "write:mutes",
        (me, post) -> MarkStore.unmute(desk.db, me.id(), post.rootId()));
    verb(api, "pin", "write:accounts", this::pin);
    verb(api, "unpin", "write:accounts", (me, post) -> reactions.unpin(me, post.id()));
    var read = Access.open("read:statuses");
    api.get("/api/v1/statuses/:id/favourited_by", read, this::favouritedBy);
    api.get("/api/v1/statuses/:id/reblogged_by", read, this::rebloggedBy);
    api.get("/api/v1/favourites", Access.person("read:favourites"), this::favourites);
    api.get("/api/v1/bookmarks", Access.person("read:bookmarks"), this::bookmarks);
  }

  private void verb(Api api, String name, String scope, BiConsumer<Actor, Post> what) {
    api.post(
        "/api/v1/statuses/:id/" + name,
        Access.person(scope),
        call -> {
          var me = desk.person(call);
          var post = desk.post(call);
          what.accept(me, post);
          return desk.status(call, post.id());
        });
  }

  private Status reblog(Call call) {
    var me = desk.person(call);
    var post = desk.post(call);
    reactions.announce(me, post.id(), wanted(call.params().filled("visibility")));
    var announce = ReactionStore.announceId(desk.db, me.id(), post.id());
    if (announce == null) throw new Problem.NotFound();
    return desk.status(call, announce);
  }

  /** Whom a boost is for, in the words of apps. */
  private static Visibility wanted(@Nullable String word) {
    return switch (word == null ? "public" : word) {
      case "public" -> Visibility.PUBLIC;
      case "unlisted" -> Visibility.UNLISTED;
      case "private" -> Visibility.FOLLOWERS;
      default ->
          throw new Problem.Invalid(
              "Validation failed: Visibility is not one of a boost",
              Map.of("visibility", "ERR_INCLUSION"));
    };
  }

  private void pin(Actor me, Post post) {
    if (post.actorId() != me.id())
      throw new Problem.Invalid(
          "Validation failed: Someone else's post cannot be pinned", Map.of("base", "ERR_INVALID"));
    if (post.visibility() == Visibility.DIRECT)
      throw new Problem.Invalid(
          "Validation failed: Posts that are only visible to mentioned users cannot be pinned",
          Map.of("base", "ERR_INVALID"));
    reactions.pin(me, post.id());
  }

  private List<Account> favouritedBy(Call call) {
    var post = desk.post(call);
    var page = call.accounts();
    return people(
        call, page.newestFirst(MarkStore.likers(desk.db, call.viewer(), post.id(), page)));
  }

  private List<Account> rebloggedBy(Call call) {
    var post = desk.post(call);
    var page = call.accounts();
    return people(
        call, page.newestFirst(MarkStore.boosters(desk.db, call.viewer(), post.id(), page)));
  }

  private List<Account> people(Call call, List<Person> people) {
    call.link(people, Person::cursor);
    return desk.statuses.accounts().byIds(people.stream().map(Person::actor).toList());
  }

  private List<Status> favourites(Call call) {
    var page = call.statuses();
    return marked(call, page.newestFirst(MarkStore.likes(desk.db, call.viewer(), page)));
  }

  private List<Status> bookmarks(Call call) {
    var page = call.statuses();
    return marked(call, page.newestFirst(MarkStore.bookmarks(desk.db, call.viewer(), page)));
  }

  private List<Status> marked(Call call, List<Placed> page) {
    call.link(page, Placed::cursor);
    return desk.statuses.of(call.viewer(), page.stream().map(Placed::seen).toList(), "account");
  }
}
