package org.placette.post;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Sql;
import org.placette.web.Problem;

/**
 * Where a resident's post goes: to whom it is shown and to which Group it belongs.
 *
 * @param group null for none
 */
record Destination(Visibility visibility, @Nullable Actor group) {

  /**
   * Decides it. An answer stays in the circle of what it answers when that is smaller than
   * everybody, and in the Group of its discussion, even where what it answers did not name that (as
   * Mastodon's replies do not). A Group is chosen in the form or by mentioning it; what is said in
   * a private Group is for its members, whatever an app thinks.
   *
   * @param parent what is answered; null for a new thread
   * @param tags what the text names
   * @throws Problem.Forbidden when the author chose a Group that does not take posts from them
   */
  static Destination of(
      Actor author,
      Posts.NewPost wanted,
      @Nullable Post parent,
      List<Tag> tags,
      Actors actors,
      GroupRules rules,
      Sql sql) {
    var chosen = wanted.audience();
    if (parent != null) {
      var group = Passing.groupOf(sql, parent);
      var above = group == null ? null : actors.byId(group);
      if (closed(parent.visibility())) return new Destination(parent.visibility(), above);
      if (chosen == null) chosen = above;
    } else {
      if (chosen == null || isVillage(chosen, actors)) {
        var named = named(author, wanted.visibility(), tags, actors, rules, sql);
        if (named != null) chosen = named;
      }
      if (chosen != null && !admits(author, chosen, rules, sql))
        throw new Problem.Forbidden("Only members write to this group");
    }
    var who = wanted.visibility();
    if (chosen != null && membersOnly(chosen, rules, sql))
      return new Destination(Visibility.GROUP, chosen);
    if (who == Visibility.GROUP) throw new Problem.Forbidden("This group is open to everybody");
    if (who == Visibility.RING)
      return new Destination(who, local(chosen) && !isVillage(chosen, actors) ? chosen : null);
    if (who == Visibility.LOCAL) return new Destination(who, local(chosen) ? chosen : null);
    // Only what everybody may read is handed to an open Group.
    return new Destination(who, who.open() ? chosen : null);
  }

  /** A Group elsewhere that asks before it lets in, and hides itself, is for its members alone. */
  static boolean membersOnly(Actor group, GroupRules rules, Sql sql) {
    return group.local()
        ? rules.isPrivate(sql, group)
        : group.manuallyApprovesFollowers() && !group.discoverable();
  }

  private static boolean closed(Visibility above) {
    return above == Visibility.LOCAL || above == Visibility.RING || above == Visibility.GROUP;
  }

  private static boolean local(@Nullable Actor chosen) {
    return chosen != null && chosen.local();
  }

  private static boolean isVillage(@Nullable Actor group, Actors actors) {
    return group != null && group.id() == actors.village().id();
  }

  static boolean admits(Actor author, Actor group, GroupRules rules, Sql sql) {
    return group.isType("Group") && (!group.local() || rules.mayPost(sql, author, group));
  }

  /** The Group that the text names, else the one that a hashtag of a public text belongs to. */
  private static @Nullable Actor named(
      Actor author, Visibility who, List<Tag> tags, Actors actors, GroupRules rules, Sql sql) {
    for (var tag : tags) {
      var actor = tag.mention() ? actors.byUri(String.valueOf(tag.href())) : null;
      if (actor != null && actor.isType("Group") && admits(author, actor, rules, sql)) return actor;
    }
    if (who != Visibility.PUBLIC) return null;
    var id = rules.tagged(sql, tags.stream().filter(Tag::hashtag).map(Tag::word).toList());
    return id == null ? null : actors.byId(id);
  }

  /** Whether the Group is told by a mention, so that answers from microblogs come back to it. */
  boolean mentionsGroup(Actors actors) {
    return group != null
        && !isVillage(group, actors)
        && visibility != Visibility.LOCAL
        && visibility != Visibility.RING;
  }
}
