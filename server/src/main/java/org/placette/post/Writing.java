package org.placette.post;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.FetchProblem;
import org.placette.text.Composer;
import org.placette.text.Composer.Mention;
import org.placette.text.Shortcodes;

/** Turns what a resident typed into safe HTML with its mentions and hashtags as tags. */
public final class Writing {

  /** How many people one post may mention. */
  private static final int MENTIONS = 20;

  /**
   * What was written.
   *
   * @param html safe HTML
   * @param tags its mentions and hashtags
   */
  public record Written(String html, List<Tag> tags) {}

  private final Actors actors;
  private volatile Supplier<Map<String, String>> emoji = Map::of;

  public Writing(Actors actors) {
    this.actors = actors;
  }

  /**
   * Says which custom emoji there are.
   *
   * @param known addresses of their pictures by code
   */
  public void emoji(Supplier<Map<String, String>> known) {
    emoji = known;
  }

  /** Composes Markdown; see the other method. */
  public Written compose(String text) {
    return compose(text, false, List.of());
  }

  /**
   * Composes a text. Handles that lead nowhere stay text; unknown ones are looked up, so this is
   * not for use inside a transaction.
   *
   * @param plain true when the text is no Markdown
   * @param beside what is shown with it as plain text, such as a warning: its custom emoji are tags
   *     too
   */
  public Written compose(String text, boolean plain, List<String> beside) {
    var budget = new Budget(MENTIONS * 2);
    var left = new AtomicInteger(MENTIONS);
    var base = actors.urls().at("/tags/");
    var composed =
        new Composer(handle -> left.getAndDecrement() > 0 ? mention(handle, budget) : null, base)
            .compose(text, plain);
    List<Tag> tags = new ArrayList<>();
    for (var word : composed.tags())
      tags.add(new Tag("Hashtag", "#" + word, base + word.toLowerCase(Locale.ROOT)));
    for (var mention : composed.mentions())
      tags.add(Tag.mention("@" + mention.handle(), mention.uri()));
    var known = emoji.get();
    for (var code : Shortcodes.in(composed.html() + " " + String.join(" ", beside))) {
      var picture = known.get(code);
      if (picture != null) tags.add(new Tag("Emoji", ":" + code + ":", picture));
    }
    return new Written(composed.html(), tags);
  }

  /** Composes a new post. */
  Written compose(Posts.NewPost wanted) {
    var extras = wanted.extras();
    var beside = beside(wanted.name(), wanted.warning(), extras.poll());
    return compose(wanted.text(), extras.plain(), beside);
  }

  /** Composes the text of a post that changes. */
  Written compose(String text, boolean plain, Change change, Post before) {
    var poll = change.poll() == null ? before.poll() : change.poll();
    return compose(text, plain, beside(change.name(), change.warning(), poll));
  }

  /** What is shown beside a text. */
  private static List<String> beside(
      @Nullable String name, @Nullable String warning, @Nullable Poll poll) {
    var options = poll == null ? List.<Poll.Option>of() : poll.options();
    return Stream.concat(
            Stream.ofNullable(name),
            Stream.concat(Stream.ofNullable(warning), options.stream().map(Poll.Option::name)))
        .toList();
  }

  /**
   * Somebody whom a handle names and who is known here already.
   *
   * @param handle such as {@code @nour} or {@code @nour@village.example}
   * @return null for words that are no handle, and for people unknown here
   */
  public @Nullable Actor known(String handle) {
    if (!handle.matches("@[\\w.-]+(@[\\w.:-]+)?")) return null;
    var found = stored(handle.substring(1));
    return found == null || found.deleted() || found.suspended() ? null : found;
  }

  private @Nullable Actor stored(String handle) {
    var at = handle.indexOf('@');
    if (at < 0) return actors.localByName(handle);
    var name = handle.substring(0, at);
    var host = handle.substring(at + 1);
    return host.equalsIgnoreCase(actors.urls().host())
        ? actors.localByName(name)
        : actors.storedByHandle(name, host);
  }

  private @Nullable Mention mention(String handle, Budget budget) {
    var actor = find(handle, budget);
    if (actor == null || actor.deleted() || actor.suspended()) return null;
    return new Mention(
        actor.uri(),
        actor.url() == null ? actor.uri() : actor.url(),
        actor.handle(actors.urls().host()));
  }

  private @Nullable Actor find(String handle, Budget budget) {
    var stored = stored(handle);
    if (stored != null || !handle.contains("@")) return stored;
    if (handle.substring(handle.indexOf('@') + 1).equalsIgnoreCase(actors.urls().host()))
      return null;
    try {
      return actors.byHandle("@" + handle, budget);
    } catch (FetchProblem e) {
      return null;
    }
  }
}
