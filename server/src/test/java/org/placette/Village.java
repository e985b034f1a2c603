package org.placette;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.event.Events;
import org.placette.federation.fetch.AddressGuard.Resolver;
import org.placette.inbox.Inbox;
import org.placette.media.Media;
import org.placette.oauth.Tokens;
import org.placette.post.RemotePosts;
import org.placette.testing.App;
import org.placette.testing.Ports;
import org.placette.testing.Walker;
import org.placette.user.Users;

/**
 * A whole village as the command runs it, in this process, on a real port: people live in it, walk
 * to its pages and use apps. Everything that it gave out is closed with it.
 */
public final class Village implements AutoCloseable {

  /** Everybody's password. */
  public static final String PASSWORD = "une phrase assez longue";

  private static final String[] EVERYTHING = {"read", "write", "follow", "push", "profile"};

  /** Somebody who lives here, with an app that may do everything. */
  public record Person(Actor actor, String token, App app) {

    /** As the client API writes it. */
    public String id() {
      return String.valueOf(actor.id());
    }
  }

  private final Vertx vertx;
  private final Settings settings;
  private final Neighbourhood whole;
  private final List<AutoCloseable> given = new ArrayList<>();

  private Village(Vertx vertx, Db db, Settings settings, Resolver resolver) {
    this.vertx = vertx;
    this.settings = settings;
    whole = new Neighbourhood(vertx, db, settings, resolver);
  }

  /** Starts one that may reach other servers on loopback. */
  public static Village start(Db db, Path data) {
    return start(db, data, Map.of());
  }

  /**
   * Starts one with more settings, or others.
   *
   * @param more by the names of environment variables
   */
  public static Village start(Db db, Path data, Map<String, String> more) {
    return founded(db, data, more).serve();
  }

  /** One that does not listen yet. */
  static Village founded(Db db, Path data, Map<String, String> more) {
    var port = Ports.free();
    var all = new HashMap<String, String>();
    all.put("PLACETTE_DOMAIN", "localhost:" + port);
    all.put("PLACETTE_LISTEN", "127.0.0.1:" + port);
    all.put("PLACETTE_DATA", data.toString());
    all.put("PLACETTE_ALLOW_PRIVATE", "127.0.0.0/8,::1/128");
    all.putAll(more);
    var vertx = Vertx.vertx();
    var village = new Village(vertx, db, Settings.load(all, null), Resolver.system());
    village.given.add(() -> vertx.close().await());
    return village;
  }

  /** Starts one in a given world, which stays the caller's. */
  public static Village start(Vertx vertx, Db db, Settings settings, Resolver resolver) {
    return new Village(vertx, db, settings, resolver).serve();
  }

  private Village serve() {
    whole.serve();
    return this;
  }

  /** Lets everything that falls due be done now, whatever its pause. */
  public void wakeDue() {
    whole.wakeDue();
  }

  /** The address of everything here, without a slash at its end. */
  public String origin() {
    return settings.origin();
  }

  /** Where it listens. */
  public int port() {
    return whole.port();
  }

  /** A resident. */
  public Person person(String name) {
    return person(name, "resident");
  }

  /** Somebody with a role: resident, animator, moderator or owner. */
  public Person person(String name, String role) {
    return person(name, null, role);
  }

  /** Likewise, shown under another name. */
  public Person person(String name, @Nullable String shown, String role) {
    var actor = actor(name, shown, role);
    var token = token(actor, EVERYTHING);
    return new Person(actor, token, app(token));
  }

  /** A resident without any app. */
  public Actor resident(String name) {
    return actor(name, null, "resident");
  }

  private Actor actor(String name, @Nullable String shown, String role) {
    var email = name + "@saint-just.example";
    var account =
        whole.users.create(new Users.NewAccount(name, shown, email, PASSWORD, role, "fr"));
    return Objects.requireNonNull(whole.actors.byId(account.actorId()));
  }

  /** What an app of somebody gets, with these scopes only. */
  public String token(Actor actor, String... scopes) {
    return whole.tokens.create(actor.id(), Set.of(scopes));
  }

  /** An app with some token, or with none where it is "". */
  public App app(String token) {
    return new App("http://127.0.0.1:" + port(), token);
  }

  /** Somebody who is not signed in, at the pages. */
  public Walker guest() {
    var walker = new Walker(origin());
    given.add(walker);
    return walker;
  }

  /** Somebody who lives here, signed in. */
  public Walker walker(String name) {
    return guest().as(name, PASSWORD);
  }

  /** A new resident, signed in. */
  public Walker newcomer(String name) {
    return newcomer(name, "resident");
  }

  /** Somebody new with a role, signed in. */
  public Walker newcomer(String name, String role) {
    var unused = person(name, role);
    return walker(name);
  }

  /** The one-time link by which its first owner opens it; null once that is done. */
  public @Nullable String setupLink() {
    return whole.setup.link();
  }

  /** Its parts, for tests of the whole. */
  Neighbourhood whole() {
    return whole;
  }

  public Vertx vertx() {
    return vertx;
  }

  public Media media() {
    return whole.media;
  }

  public Actors actors() {
    return whole.actors;
  }

  public Events events() {
    return whole.events;
  }

  public Users users() {
    return whole.users;
  }

  public Tokens tokens() {
    return whole.tokens;
  }

  public RemotePosts remotePosts() {
    return whole.remotePosts;
  }

  public Inbox inbox() {
    return Objects.requireNonNull(whole.inbox);
  }

  @Override
  public void close() {
    whole.close();
    for (var one : given.reversed()) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
