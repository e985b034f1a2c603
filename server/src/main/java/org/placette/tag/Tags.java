package org.placette.tag;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.mastodon.Look;
import org.placette.mastodon.Tag;

/** Hashtags as a viewer sees them, however many in two queries. */
public final class Tags {

  private static final TagStore.Marks NONE = new TagStore.Marks(false, false);

  private final Db db;
  private final Look look;
  private final Cache<String, List<Tag.Use>> counted =
      Caffeine.newBuilder().maximumSize(2_000).expireAfterWrite(Duration.ofMinutes(1)).build();

  public Tags(Db db, Look look) {
    this.db = db;
    this.look = look;
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return List.of(Retention.Table.owned("featured_tag", "retention.featured_tag"));
  }

  /** These tags with their last week, in the order given. */
  public List<Tag> of(long viewer, Collection<String> names) {
    var marks = TagStore.marks(db, viewer, names);
    var uses = uses(names);
    return names.stream()
        .map(
            name -> {
              var mark = marks.getOrDefault(name, NONE);
              return Tag.of(
                  look,
                  name,
                  uses.getOrDefault(name, List.of()),
                  mark.following(),
                  mark.featuring());
            })
        .toList();
  }

  /** By the day, counted anew each minute. */
  private Map<String, List<Tag.Use>> uses(Collection<String> names) {
    var known = new HashMap<>(counted.getAllPresent(names));
    var missing = names.stream().filter(name -> !known.containsKey(name)).toList();
    var fresh = TagStore.uses(db, missing);
    for (var name : missing) {
      var uses = fresh.getOrDefault(name, List.of());
      known.put(name, uses);
      if (!uses.isEmpty()) counted.put(name, uses);
    }
    return known;
  }

  /** Where a tag is shown. */
  String address(String name) {
    return look.tag(name);
  }
}
