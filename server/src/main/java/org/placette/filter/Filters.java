package org.placette.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.mastodon.Filtering;
import org.placette.mastodon.Json;
import org.placette.mastodon.Status;
import org.placette.web.Sieve;

/**
 * Tries statuses and what pages show against what their reader does not want to see. The filters of
 * a reader are kept compiled for some seconds, and read anew at once when they change in this
 * process.
 */
public final class Filters implements Filtering, Sieve {

  private static final Duration KEPT = Duration.ofSeconds(20);
  private static final List<String> STRENGTHS = List.of("hide", "warn", "blur");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Db db;
  private final Cache<Long, Ready> kept =
      Caffeine.newBuilder().maximumSize(2_000).expireAfterWrite(KEPT).build();
  private volatile LongConsumer changed = owner -> {};

  public Filters(Db db) {
    this.db = db;
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("filter", "retention.filter"),
        Retention.Table.owned("filter_keyword", "retention.filter_keyword"),
        Retention.Table.owned("filter_status", "retention.filter_status"));
  }

  /** Sets who hears, by the actor's number, whose filters have changed in this process. */
  public void whenChanged(LongConsumer action) {
    changed = action;
  }

  /** Hears that somebody's filters have changed in any process. */
  public void forget(long owner) {
    kept.invalidate(owner);
  }

  void changed(long owner) {
    kept.invalidate(owner);
    changed.accept(owner);
  }

  @Override
  public Ready of(long viewer) {
    if (viewer == 0) return Ready.NONE;
    var known = kept.getIfPresent(viewer);
    if (known != null) return known;
    var made = new Ready(FilterStore.all(db, viewer).stream().map(Compiled::of).toList());
    kept.put(viewer, made);
    return made;
  }

  /** Somebody's filters, made ready: for what apps are sent, and for pages. */
  public record Ready(List<Compiled> all) implements Matcher, Mesh {

    private static final Ready NONE = new Ready(List.of());

    @Override
    public List<Status.Filtered> match(String context, long id, String text) {
      List<Status.Filtered> met = new ArrayList<>();
      for (var one : all) {
        var found = one.match(context, id, text);
        if (found != null) met.add(found);
      }
      return met;
    }

    /** The one that says most: to hide goes before to warn, and that before to blur. */
    @Override
    public @Nullable Caught of(String where, Sifted thing) {
      if (all.isEmpty()) return null;
      var id = thing.siftedId();
      var text = thing.siftedText();
      return all.stream()
          .filter(one -> one.match(where, id, text) != null)
          .map(one -> new Caught(one.filter().title(), one.filter().filterAction()))
          .min(Comparator.comparingInt(one -> STRENGTHS.indexOf(one.action())))
          .orElse(null);
    }
  }

  /**
   * A filter made ready.
   *
   * @param any finds any of the words; null when there are none
   */
  record Compiled(
      Filter filter, JsonNode brief, @Nullable Pattern any, List<Pattern> words, Set<Long> posts) {

    static Compiled of(Filter filter) {
      List<String> sources = new ArrayList<>();
      for (var word : filter.keywords()) sources.add(source(word));
      var any = sources.isEmpty() ? null : compile(String.join("|", sources));
      Set<Long> posts = new HashSet<>();
      for (var post : filter.statuses()) posts.add(Long.valueOf(post.statusId()));
      return new Compiled(
          filter,
          json(filter.brief()),
          any,
          sources.stream().map(Filters::compile).toList(),
          posts);
    }

    Status.@Nullable Filtered match(String context, long id, String text) {
      var ends = filter.expiresAt();
      if (!filter.context().contains(context) || (ends != null && ends.isBefore(Instant.now())))
        return null;
      var named = posts.contains(id);
      var spoken = any != null && any.matcher(text).find();
      if (!named && !spoken) return null;
      List<String> words = new ArrayList<>();
      for (int i = 0; spoken && i < this.words.size(); i++)
        if (this.words.get(i).matcher(text).find()) words.add(filter.keywords().get(i).keyword());
      return new Status.Filtered(brief, words, named ? List.of(String.valueOf(id)) : List.of());
    }
  }

  private static Pattern compile(String source) {
    return Pattern.compile(source, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** A whole word stands alone, except at an end that is no letter, such as a hash sign. */
  private static String source(Filter.Keyword word) {
    var text = word.keyword();
    var quoted = Pattern.quote(text);
    if (!word.wholeWord() || text.isEmpty()) return quoted;
    var before = letter(text.codePointAt(0)) ? "(?<![\\p{L}\\p{N}_])" : "";
    var after = letter(text.codePointBefore(text.length())) ? "(?![\\p{L}\\p{N}_])" : "";
    return before + quoted + after;
  }

  private static boolean letter(int c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static JsonNode json(Object entity) {
    try {
      return JSON.readTree(Json.text(entity));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an entity that cannot be read", e);
    }
  }
}
