package org.placette.group;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Profile;
import org.placette.audit.Audit;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.follow.Follows;
import org.placette.follow.Profiles;
import org.placette.post.GroupRules;
import org.placette.post.PostForm.Room;
import org.placette.post.Posts;
import org.placette.post.Reactions;
import org.placette.role.Role;
import org.placette.role.Roles;
import org.placette.web.Permission;
import org.placette.web.Problem;

/** What people do with Groups: make and change them, let members in, give roles, pin. */
public final class Groups implements GroupRules {

  /** Those that a group gives. */
  static final Set<Role> OF_GROUPS =
      EnumSet.of(Role.ANIMATOR, Role.MODERATOR, Role.FACILITATOR, Role.KEEPER);

  private final Db db;
  private final Actors actors;
  private final Roles roles;
  private final Follows follows;
  private final Profiles profiles;
  private final Posts posts;
  private final Reactions reactions;

  public Groups(
      Db db,
      Actors actors,
      Roles roles,
      Follows follows,
      Profiles profiles,
      Posts posts,
      Reactions reactions) {
    this.db = db;
    this.actors = actors;
    this.roles = roles;
    this.follows = follows;
    this.profiles = profiles;
    this.posts = posts;
    this.reactions = reactions;
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return List.of(Retention.Table.owned("theme", "retention.theme"));
  }

  /**
   * What somebody wants a group to be.
   *
   * @param description HTML that was composed here
   * @param audience whom posts in it are for when nobody says otherwise: public, local or ring
   * @param posting who may write in an open one: everyone or members
   */
  public record Wanted(
      String name,
      @Nullable String description,
      String kind,
      Theme.Access access,
      String charter,
      List<String> tags,
      String audience,
      String posting) {

    /** One whose posts are everybody's and for everybody unless somebody says otherwise. */
    public Wanted(
        String name,
        @Nullable String description,
        String kind,
        Theme.Access access,
        String charter,
        List<String> tags) {
      this(name, description, kind, access, charter, tags, "public", "everyone");
    }
  }

  /** What a group is, for those who may know of it; null when it is no theme of this server. */
  public @Nullable Theme theme(Actor group) {
    return group.local() && group.isType("Group") ? ThemeStore.byId(db, group.id()) : null;
  }

  /** Someone's part in a group: animator, moderator, member, pending or "" for none. */
  public String part(Actor group, long viewer) {
    return viewer == 0 ? "" : ThemeStore.part(db, group.id(), viewer);
  }

  /** True for those who may make groups: animators and above. */
  public boolean mayFound(long viewer) {
    return roles.may(viewer, Permission.FOUND);
  }

  /** True for those who may change a group: its animators, and those of the place. */
  public boolean mayEdit(Actor group, long viewer) {
    return roles.may(viewer, Permission.EDIT_GROUP, group.id());
  }

  /** True for those who let members in: its moderators and facilitators besides. */
  public boolean mayCare(Actor group, long viewer) {
    return roles.may(viewer, Permission.MEMBERS, group.id());
  }

  /**
   * Makes a Group; its maker becomes its first member and animator.
   *
   * @param username the handle, 1 to 30 of a to z, 0 to 9 and underscore
   * @throws Problem.Invalid when the name is taken
   */
  public Actor found(Actor founder, String username, Wanted wanted) {
    if (!mayFound(founder.id())) throw new Problem.Forbidden("Animators make groups");
    if (actors.localByName(username) != null)
      throw new Problem.Invalid("The name is taken", Map.of("handle", "error.username.taken"));
    return db.inTransaction(
        tx -> {
          var made = actors.createLocal(tx, "Group", username, wanted.name(), wanted.description());
          actors.updateProfile(tx, made, profile(made, wanted));
          ThemeStore.put(tx, theme(made, wanted));
          var follow = follows.follow(tx, founder, made);
          if (!follow.accepted()) follows.accept(tx, made, founder);
          grant(tx, founder.id(), made, founder.id(), Role.ANIMATOR);
          return made;
        });
  }

  /**
   * Changes a Group and tells its members' servers.
   *
   * @param pictures its face and cover; each as {@link Profile} has it
   * @param also what belongs to the change
   * @throws Problem.Forbidden for those who may not
   */
  public void change(
      Actor editor,
      Actor group,
      Wanted wanted,
      @Nullable String icon,
      @Nullable String image,
      Consumer<Tx> also) {
    if (!mayEdit(group, editor.id())) throw new Problem.Forbidden("Its animators change a group");
    var profile = profile(group, wanted).showing(icon, image);
    var unused =
        profiles.change(
            group,
            profile,
            tx -> {
              var before = ThemeStore.byId(tx, group.id());
              // What members wrote among themselves, or for everybody, stays what it was.
              if (before != null && before.isPrivate() != (wanted.access() == Theme.Access.PRIVATE))
                throw new Problem.Invalid(
                    "A private group stays private", Map.of("access", "error.groupAccess"));
              ThemeStore.put(tx, theme(group, wanted));
              also.accept(tx);
            });
  }

  private static Theme theme(Actor group, Wanted wanted) {
    return new Theme(
        group.id(),
        wanted.kind(),
        wanted.access(),
        wanted.charter(),
        wanted.tags(),
        wanted.audience(),
        wanted.posting());
  }

  private static Profile profile(Actor group, Wanted wanted) {
    return new Profile(
        wanted.name(),
        wanted.description(),
        group.icon(),
        group.image(),
        group.fields(),
        wanted.access() != Theme.Access.PUBLIC,
        wanted.access() != Theme.Access.PRIVATE,
        wanted.access() != Theme.Access.PRIVATE,
        group.automated(),
        group.hidesPeople());
  }

  /** Lets somebody in, or sends them away, whether they asked or are members. */
  public void decide(Actor by, Actor group, Actor who, boolean welcome) {
    if (!mayCare(group, by.id())) throw new Problem.Forbidden("Not your group");
    db.transact(
        tx -> {
          if (welcome) {
            follows.accept(tx, group, who);
            return;
          }
          dismiss(tx, group, who.id());
          follows.reject(tx, group, who);
        });
  }

  /**
   * Gives a member a role beside those they have, or takes one back.
   *
   * @param word of one that a group has, with a minus before it to take it back; member takes all
   */
  public void appoint(Actor by, Actor group, Actor who, String word) {
    if (!mayEdit(group, by.id())) throw new Problem.Forbidden("Not your group");
    var taken = word.startsWith("-");
    var role = Role.of(taken ? word.substring(1) : word);
    if (!word.equals("member") && !OF_GROUPS.contains(role))
      throw new Problem.BadRequest("no such role");
    db.transact(
        tx -> {
          if (role != null && !taken && !ThemeStore.isMember(tx, group.id(), who.id()))
            throw new Problem.NotFound();
          if (role == null) dismiss(tx, group, who.id());
          else if (taken) discharge(tx, group, who.id(), role);
          else grant(tx, by.id(), group, who.id(), role);
          Audit.write(tx, by.id(), "group.role", who.id(), word + " " + group.uri(), "");
        });
  }

  private static void dismiss(Tx tx, Actor group, long who) {
    for (var one : OF_GROUPS) discharge(tx, group, who, one);
  }

  private static void discharge(Tx tx, Actor group, long who, Role role) {
    var unused = Roles.revoke(tx, who, group.id(), role);
  }

  private static void grant(Tx tx, long by, Actor group, long who, Role role) {
    var unused = Roles.grant(tx, who, group.id(), role, by);
  }

  /**
   * Pins a post of the group to the top of its page ({@code featured}), or takes it down.
   *
   * @throws Problem.NotFound when it was not posted there
   */
  public void pin(Actor by, Actor group, long postId, boolean pinned) {
    if (!roles.may(by.id(), Permission.PIN, group.id()))
      throw new Problem.Forbidden("Not your group");
    var post = posts.shown(postId, by);
    if (!Long.valueOf(group.id()).equals(post.audienceId())) throw new Problem.NotFound();
    reactions.pin(group, post, pinned);
  }

  List<GroupPages.Line> list(long viewer, String after, int limit) {
    return ThemeStore.list(db, viewer, after, limit);
  }

  List<GroupPages.Member> members(Actor group, String state, long before, int limit) {
    return ThemeStore.members(db, group.id(), state, before, limit);
  }

  @Override
  public boolean isPrivate(Sql sql, Actor group) {
    var theme = ThemeStore.byId(sql, group.id());
    return theme != null && theme.isPrivate();
  }

  @Override
  public boolean mayPost(Sql sql, Actor author, Actor group) {
    var theme = ThemeStore.byId(sql, group.id());
    if (theme == null || theme.everybodyPosts()) return true;
    var part = ThemeStore.part(sql, group.id(), author.id());
    return !part.isEmpty() && !part.equals("pending");
  }

  @Override
  public @Nullable Long tagged(Sql sql, List<String> tags) {
    return tags.isEmpty() ? null : ThemeStore.tagged(sql, tags);
  }

  @Override
  public List<Room> rooms(Sql sql, Actor author) {
    return ThemeStore.rooms(sql, author.id(), actors.village().id());
  }
}
