package org.placette.portability;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.WebUrl;
import org.placette.follow.Follows;
import org.placette.inbox.Refused;
import org.placette.moderation.Blocks;
import org.placette.post.Posts;
import org.placette.post.RemotePosts;
import org.placette.web.Problem;

/**
 * Lists that somebody brings from another server. The lines are stored at once and done in the
 * background, a few at a time: each may have to ask another server who is meant.
 */
public final class CarryIn {

  private static final Logger LOG = System.getLogger("placette.portability");

  /** The largest file, in bytes. */
  public static final long LARGEST = 2L << 20;

  private static final int LINES = 20_000;
  private static final int AT_ONCE = 20;
  private static final int TRIES = 4;
  private static final Duration AGAIN = Duration.ofMinutes(30);

  private final Db db;
  private final Actors actors;
  private final Follows follows;
  private final Blocks blocks;
  private final Posts posts;
  private final RemotePosts remote;

  public CarryIn(
      Db db, Actors actors, Follows follows, Blocks blocks, Posts posts, RemotePosts remote) {
    this.db = db;
    this.actors = actors;
    this.follows = follows;
    this.blocks = blocks;
    this.posts = posts;
    this.remote = remote;
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.aged(
            "export", "retention.export", Duration.ofDays(7), "id", "expires < now()"),
        Retention.Table.owned("import_line", "retention.import_line"));
  }

  /**
   * Stores what a file brings.
   *
   * @param kind one of {@link Carried#KINDS}
   * @return how many lines it has
   * @throws Problem.Invalid when it is no such list
   */
  int take(long actor, String kind, Path file) {
    if (!Carried.KINDS.contains(kind)) throw wrong("kind", "error.choice");
    try {
      if (Files.size(file) > LARGEST) throw wrong("file", "error.fileLarge");
      var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      if (text.indexOf('\0') >= 0) throw wrong("file", "data.noList");
      var all = Carried.read(kind, text, LINES);
      if (all.isEmpty()) throw wrong("file", "data.noList");
      db.transact(tx -> CarryStore.put(tx, actor, kind, all));
      return all.size();
    } catch (IOException e) {
      throw wrong("file", "data.noList");
    }
  }

  private static Problem.Invalid wrong(String field, String why) {
    return new Problem.Invalid("No list", Map.of(field, why));
  }

  /** How many lines of somebody are still to be done. */
  int waiting(long actor) {
    return CarryStore.waiting(db, actor);
  }

  /** Does some lines; gives how many. For a worker. */
  public int doDue() {
    var lines = CarryStore.claim(db, AT_ONCE);
    for (var line : lines) {
      try {
        carry(line);
        CarryStore.done(db, line.id());
      } catch (FetchProblem e) {
        if (e.reason().isPassing() && line.tries() < TRIES)
          CarryStore.later(db, line.id(), AGAIN.multipliedBy(line.tries()));
        else CarryStore.done(db, line.id());
      } catch (Problem | Refused e) {
        CarryStore.done(db, line.id());
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "a line that was brought must wait", e);
        if (line.tries() >= TRIES) CarryStore.done(db, line.id());
      }
    }
    return lines.size();
  }

  private void carry(CarryStore.Line line) {
    var me = actors.byId(line.actorId());
    if (me == null || me.deleted()) return;
    switch (line.kind()) {
      case "domains" -> CarryStore.hideHost(db, me.id(), WebUrl.host(line.what()));
      case "bookmarks" -> bookmark(me, line.what());
      default -> person(me, line, actors.byHandle(line.what(), Budget.perActivity()));
    }
  }

  private void bookmark(Actor me, String uri) {
    var post = remote.resolve(uri, Budget.perActivity());
    if (post != null && posts.readable(post, me)) CarryStore.bookmark(db, me.id(), post.id());
  }

  private void person(Actor me, CarryStore.Line line, Actor whom) {
    if (whom.id() == me.id()) return;
    var flags = line.extra().split(",", 3);
    db.transact(
        tx -> {
          switch (line.kind()) {
            case "following" -> {
              var unused = follows.follow(tx, me, whom);
              var reblogs = !flags[0].equalsIgnoreCase("false");
              var notify = flags.length > 1 && flags[1].equalsIgnoreCase("true");
              var spoken = flags.length > 2 ? languages(flags[2]) : null;
              CarryStore.followAs(tx, me.id(), whom.id(), reblogs, notify, spoken);
            }
            case "blocks" -> blocks.block(tx, me, whom);
            case "mutes" ->
                CarryStore.mute(tx, me.id(), whom.id(), !flags[0].equalsIgnoreCase("false"));
            default -> CarryStore.list(tx, me.id(), title(line.extra()), whom.id());
          }
        });
  }

  /** Only what is written in these is wanted; null for all. */
  private static String @Nullable [] languages(String text) {
    var all = text.split("[,\\s]+");
    var known = Arrays.stream(all).filter(one -> one.matches("[A-Za-z-]{2,12}")).limit(20);
    var wanted = known.toArray(String[]::new);
    return wanted.length == 0 ? null : wanted;
  }

  private static String title(String text) {
    return text.isBlank() ? "?" : text.substring(0, Math.min(text.length(), 100));
  }
}
