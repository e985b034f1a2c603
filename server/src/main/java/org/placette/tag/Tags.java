package org.placette.tag;

import java.util.Collection;
import java.util.List;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.mastodon.Look;
import org.placette.mastodon.Tag;

/** Hashtags as a viewer sees them, however many in two queries. */
public final class Tags {

  private static final TagStore.Marks NONE = new TagStore.Marks(false, false);

  private final Db db;
  private final Look look;

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
    var uses = TagStore.uses(db, names);
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

  /** Where a tag is shown. */
  String address(String name) {
    return look.tag(name);
  }
}
