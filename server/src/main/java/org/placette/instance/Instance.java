package org.placette.instance;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.placette.audit.Audit;
import org.placette.db.Db;
import org.placette.db.Sql;

/**
 * What the neighbourhood says of itself, and how much there is of it. Words are at most ten seconds
 * old, counts ten minutes. Thread-safe.
 */
public final class Instance {

  /** The setting that holds the neighbourhood's name. */
  public static final String NAME = "instance.name";

  /** The setting that holds its motto, one line. */
  public static final String MOTTO = "instance.motto";

  /** The setting that says whose follows of the relay are taken without asking. */
  public static final String NEIGHBOUR_POLICY = "neighbour.policy";

  private final Db db;
  private final Cache<String, String> words =
      Caffeine.newBuilder().maximumSize(100).expireAfterWrite(Duration.ofSeconds(10)).build();
  private final Cache<String, Counts> counts =
      Caffeine.newBuilder().maximumSize(1).expireAfterWrite(Duration.ofMinutes(10)).build();

  private volatile BooleanSupplier attended = () -> true;

  public Instance(Db db) {
    this.db = db;
  }

  /**
   * How much there is here.
   *
   * @param users people with an account
   * @param activeMonth those who published something in 30 days
   * @param activeHalfyear the same in 180 days
   * @param posts what local actors published, replies aside
   * @param comments their replies
   */
  public record Counts(
      long users, long activeMonth, long activeHalfyear, long posts, long comments) {}

  /** Says who knows whether somebody looks after those who sign up. */
  public void attendedWhen(BooleanSupplier given) {
    attended = given;
  }

  /** False while nobody who moderates comes, so that nobody can sign up. */
  public boolean attended() {
    return attended.getAsBoolean();
  }

  /** The neighbourhood's name; "Placette" until somebody gave one. */
  public String name() {
    return word(NAME, "Placette");
  }

  /** One line below the name; empty when nobody gave one. */
  public String motto() {
    return word(MOTTO, "");
  }

  /** The charter, rule by rule, plain; empty when nobody wrote one. */
  public List<String> rules() {
    return word("instance.rules", "").lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
  }

  /** Whose follows of the relay and the Group are taken without asking a person. */
  public NeighbourPolicy neighbourPolicy(Sql sql) {
    var stored = InstanceStore.setting(sql, NEIGHBOUR_POLICY);
    return NeighbourPolicy.of(stored == null ? "" : stored);
  }

  /** Any setting of the instance; {@code otherwise} when it was never made. */
  public String word(String key, String otherwise) {
    // Not loaded inside the cache, which would hold a lock while it waits for the database.
    var found = words.getIfPresent(key);
    if (found == null) {
      found = stored(key);
      words.put(key, found);
    }
    return found.isEmpty() ? otherwise : found;
  }

  private String stored(String key) {
    @Nullable String value = InstanceStore.setting(db, key);
    return value == null ? "" : value;
  }

  /** Makes a setting; other processes see it within ten seconds. */
  public void put(Sql sql, String key, String value) {
    InstanceStore.put(sql, key, value);
    words.invalidate(key);
  }

  /** Makes a setting outside any transaction. */
  public void put(String key, String value) {
    put(db, key, value);
  }

  Db db() {
    return db;
  }

  /** Somebody changes several settings at once; what changes is written to the log. */
  public void change(long by, Map<String, String> settings) {
    db.transact(
        tx -> {
          List<String> changed = new ArrayList<>();
          settings.forEach(
              (key, value) -> {
                if (value.equals(InstanceStore.setting(tx, key))) return;
                InstanceStore.put(tx, key, value);
                changed.add(key);
              });
          if (changed.isEmpty()) return;
          Collections.sort(changed);
          Audit.write(tx, by, "instance", null, String.join(", ", changed), "");
          tx.afterCommit(() -> words.invalidateAll(changed));
        });
  }

  /** How much there is here. */
  public Counts counts() {
    var known = counts.getIfPresent("");
    if (known != null) return known;
    var counted = InstanceStore.counts(db);
    counts.put("", counted);
    return counted;
  }
}
