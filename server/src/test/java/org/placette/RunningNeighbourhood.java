package org.placette;

import io.vertx.core.Vertx;
import java.util.Objects;
import org.placette.actor.Actors;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.event.Events;
import org.placette.federation.fetch.AddressGuard.Resolver;
import org.placette.inbox.Inbox;
import org.placette.media.Media;
import org.placette.oauth.Tokens;
import org.placette.post.RemotePosts;
import org.placette.user.Users;

/** A whole neighbourhood as the command runs it, with a door for tests to look inside. */
public final class RunningNeighbourhood implements AutoCloseable {

  private final Neighbourhood whole;

  /** Wires and serves it, in this process. */
  public RunningNeighbourhood(Vertx vertx, Db db, Settings settings, Resolver resolver) {
    whole = new Neighbourhood(vertx, db, settings, resolver);
    whole.serve();
  }

  /** Where it listens. */
  public int port() {
    return whole.port();
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
  }
}
