package org.placette.role;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.audit.Audit;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.web.Permission;
import org.placette.web.Problem;

/**
 * May this actor do that, here or in this group? The one place that answers. Pages may ask their
 * {@code Visitor}, who brings what it may do everywhere here along with its session.
 */
public final class Roles {

  private final Db db;

  public Roles(Db db) {
    this.db = db;
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("role_permission", "retention.role_permission"),
        Retention.Table.owned("role_grant", "retention.role_grant"));
  }

  /**
   * Whether somebody may do that everywhere here.
   *
   * @param actor 0 for nobody
   */
  public boolean may(long actor, Permission what) {
    return may(db, actor, what);
  }

  /** Whether somebody may do that in a group, by a role there or for the whole place. */
  public boolean may(long actor, Permission what, long group) {
    return may(db, actor, what, group);
  }

  /** The same within a transaction. */
  public static boolean may(Sql sql, long actor, Permission what) {
    return may(sql, actor, what, 0);
  }

  /** The same within a transaction. */
  public static boolean may(Sql sql, long actor, Permission what, long group) {
    return actor != 0 && RoleStore.may(sql, actor, what, group);
  }

  /**
   * Refuses those who may not.
   *
   * @throws Problem.Forbidden for them
   */
  public void require(long actor, Permission what) {
    if (!may(actor, what)) throw new Problem.Forbidden(refusal(what));
  }

  /** What those are told who may not; in English, since clients show it as it is. */
  public static String refusal(Permission what) {
    return "Your role here does not include this (" + what + ")";
  }

  /** Everything that somebody may do everywhere here. */
  public Set<Permission> permissions(long actor) {
    return RoleStore.permissions(db, actor);
  }

  /** The roles that somebody has for the whole place, the most powerful first, never empty. */
  public List<Role> of(long actor) {
    return RoleStore.of(db, actor);
  }

  /** The same within a transaction. */
  public static List<Role> of(Sql sql, long actor) {
    return RoleStore.of(sql, actor);
  }

  /**
   * Gives somebody a role for the whole place.
   *
   * @param reason for the log; may be empty
   * @throws Problem.Forbidden for those who may not: only owners make owners
   */
  public void give(Actor by, Actor to, Role role, String reason) {
    change(by, to, role, reason, true);
  }

  /**
   * Takes a role for the whole place away.
   *
   * @throws Problem.Conflict for that of the last owner
   */
  public void take(Actor by, Actor from, Role role, String reason) {
    change(by, from, role, reason, false);
  }

  private void change(Actor by, Actor who, Role role, String reason, boolean given) {
    if (role == Role.RESIDENT) throw new Problem.BadRequest("Everybody here is a resident");
    db.transact(
        tx -> {
          if (!may(tx, by.id(), Permission.ROLES))
            throw new Problem.Forbidden(refusal(Permission.ROLES));
          if (!RoleStore.hasAccount(tx, who.id())) throw new Problem.NotFound();
          if (role == Role.OWNER) {
            if (!RoleStore.owners(tx).contains(by.id()))
              throw new Problem.Forbidden("Only owners make owners");
            if (!given && RoleStore.owners(tx).equals(List.of(who.id())))
              throw new Problem.Conflict("A place has an owner at least");
          }
          if (given ? grant(tx, who.id(), null, role, by.id()) : revoke(tx, who.id(), null, role)) {
            var action = given ? "role.give" : "role.take";
            Audit.write(tx, by.id(), action, who.id(), role.word(), reason);
          }
        });
  }

  /**
   * Writes a role down, for those who have checked.
   *
   * @param group null for the whole place
   * @param by null for the server itself
   * @return false when it was there already
   */
  public static boolean grant(
      Tx tx, long actor, @Nullable Long group, Role role, @Nullable Long by) {
    return RoleStore.give(tx, actor, group, role, by);
  }

  /** Removes a role; false when it was not there. */
  public static boolean revoke(Tx tx, long actor, @Nullable Long group, Role role) {
    return RoleStore.take(tx, actor, group, role);
  }

  /** What every role may do. */
  Map<Role, EnumSet<Permission>> table() {
    return RoleStore.table(db);
  }

  /** Everybody with a role for the whole place, the most powerful first. */
  List<RolePages.Holder> holders() {
    return RoleStore.holders(db);
  }
}
