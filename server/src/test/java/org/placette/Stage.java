package org.placette;

import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.Onlooker.Who;
import org.placette.actor.Actor;
import org.placette.federation.fetch.Budget;
import org.placette.federation.signature.Dialect;
import org.placette.federation.signature.OutgoingRequest;
import org.placette.federation.signature.RequestSigner;
import org.placette.federation.signature.SigningKey;
import org.placette.group.Groups;
import org.placette.group.Theme;
import org.placette.post.CarersVoice;
import org.placette.post.Post;
import org.placette.post.Posts.NewPost;
import org.placette.post.Takedown;
import org.placette.testing.FakeInstance;
import org.placette.user.Users;

/** A village with one author and everybody who may stand before her: what the matrices walk on. */
final class Stage implements AutoCloseable {

  private final Neighbourhood here;
  private final FakeInstance belcastel;
  private final FakeInstance elsewhere;
  private final Onlooker awa;
  private final Actor group;
  private final long root;
  private final Map<Who, Onlooker> viewers = new EnumMap<>(Who.class);

  Stage(Neighbourhood here, Vertx vertx) {
    this.here = here;
    belcastel = new FakeInstance(vertx);
    elsewhere = new FakeInstance(vertx);
    awa = resident("awa", "animator");
    var wanted =
        new Groups.Wanted("Parents", null, "club", Theme.Access.PRIVATE, "On s’écoute.", List.of());
    group = here.groups.found(awa.actor(), "parents", wanted);
    root = here.posts.publish(awa.actor(), NewPost.note("Une question #lavoir", "fr")).id();
    people();
    viewers.put(Who.NEIGHBOUR, server(belcastel, true));
    viewers.put(Who.STRANGER, server(elsewhere, false));
  }

  private void people() {
    viewers.put(Who.ANONYMOUS, new Onlooker(here.settings.origin(), null, null, null));
    viewers.put(Who.RESIDENT, listening("nour"));
    viewers.put(Who.FOLLOWER, listening("fanny"));
    viewers.put(Who.ADDRESSEE, listening("ines"));
    viewers.put(Who.MEMBER, listening("mel"));
    viewers.put(Who.BLOCKED, listening("bruno"));
    viewers.put(Who.MODERATOR, listening("lucie", "moderator"));
    follow(Who.FOLLOWER, awa.actor());
    follow(Who.MEMBER, group);
    follow(Who.BLOCKED, group);
    here.db.transact(
        tx -> {
          here.follows.accept(tx, group, viewer(Who.MEMBER).actor());
          here.follows.accept(tx, group, viewer(Who.BLOCKED).actor());
          here.blocks.block(tx, awa.actor(), viewer(Who.BLOCKED).actor());
        });
    // Told of everything that the author writes, if they may know of it.
    var wish = "POST app /api/v1/accounts/" + awa.actorId() + "/follow notify=true";
    if (viewer(Who.FOLLOWER).status(wish) != 200) throw new IllegalStateException("no follow");
  }

  private Onlooker viewer(Who who) {
    return Objects.requireNonNull(viewers.get(who));
  }

  private void follow(Who who, Actor whom) {
    here.db.transact(tx -> here.follows.follow(tx, viewer(who).actor(), whom));
  }

  private Onlooker listening(String name) {
    return listening(name, "resident");
  }

  private Onlooker listening(String name, String role) {
    return resident(name, role).listening("user", "public", "public:local", "direct");
  }

  /** Somebody with an account, a session and an app. */
  Onlooker resident(String name, String role) {
    var account =
        new Users.NewAccount(name, null, name + "@a.example", Village.PASSWORD, role, "fr");
    var id = here.users.create(account).actorId();
    var token = here.tokens.create(id, Set.of("read", "write", "follow", "push"));
    var actor = Objects.requireNonNull(here.actors.byId(id));
    return new Onlooker(here.settings.origin(), actor, token, null).signedIn(Village.PASSWORD);
  }

  private Onlooker server(FakeInstance of, boolean confirmed) {
    var document = of.actor("Application", "/actor", "relay");
    var actor = here.actors.resolve(document.get("id").asText(), Budget.perActivity());
    if (confirmed)
      here.db.run(
          """
          insert into neighbour (host, actor_id, added, state, confirmed_at)
          values ($1, $2, true, 'found', now())
          """,
          actor.host(),
          actor.id());
    return new Onlooker(here.settings.origin(), actor, null, of.signingKey(actor.uri()));
  }

  Map<Who, Onlooker> viewers() {
    return viewers;
  }

  Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("awa", String.valueOf(awa.actorId()));
    words.put("parents", String.valueOf(group.id()));
    words.put("root", String.valueOf(root));
    return words;
  }

  Onlooker author() {
    return awa;
  }

  Actor group() {
    return group;
  }

  /** A public question of the author's. */
  long root() {
    return root;
  }

  /** What those who moderate do to posts. */
  Takedown takedown() {
    return new Takedown(here.actors, new CarersVoice(here.actors, here.outbox, here.targets));
  }

  /** The number in the id of the activity that published a post; any other when none did. */
  long activityOf(Post post) {
    @Nullable String uri =
        here.db.one(
            "select uri from activity where type = 'Create' and body like $1 limit 1",
            row -> row.getString(0),
            "%\"" + post.uri() + "\"%");
    return uri == null
        ? post.id() + 88_888
        : Long.parseLong(uri.substring(uri.lastIndexOf('/') + 1));
  }

  /** Ends every stream: a public post by somebody whom nobody blocks, that names everybody. */
  void lastWord() {
    var names = "@nour @fanny @ines @mel @bruno @lucie derniermot";
    var unused =
        here.posts.publish(
            resident("zoe", "resident").actor(),
            NewPost.note(names, "fr").in(here.actors.village()));
    var direct = NewPost.note(names, "fr").to(org.placette.post.Visibility.DIRECT);
    unused = here.posts.publish(viewer(Who.RESIDENT).actor(), direct);
    unused = here.posts.publish(viewer(Who.ADDRESSEE).actor(), direct);
  }

  /** The headers of a request that a server signs. */
  static Map<String, String> signed(String url, SigningKey key) {
    var uri = URI.create(url);
    var headers =
        new LinkedHashMap<>(
            RequestSigner.sign(OutgoingRequest.get(uri), key, Dialect.CAVAGE, Instant.now()));
    headers.remove("Host");
    return headers;
  }

  @Override
  public void close() {
    awa.close();
    belcastel.close();
    elsewhere.close();
  }
}
