package org.placette.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.db.DbException;
import org.placette.role.Role;
import org.placette.role.Roles;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;
import org.placette.web.Permission;
import org.placette.web.Problem;

/** Many roles for each person, here and in groups; and a log that nobody can change. */
@ExtendWith(PgExtension.class)
class RolesTest {

  private static Square square;
  private static Db db;
  private static Roles roles;
  private static Actor nour;
  private static Actor lucie;

  @BeforeAll
  static void start(Db given) {
    db = given;
    square = new Square(db);
    roles = new Roles(db);
    nour = square.account("nour");
    lucie = square.account("lucie");
    db.transact(tx -> Roles.grant(tx, nour.id(), null, Role.OWNER, null));
  }

  @AfterAll
  static void stop() {
    square.close();
  }

  private static int logged(String action, Actor target) {
    return Objects.requireNonNull(
        db.one(
            "select count(*)::int from audit where action = $1 and target_id = $2",
            row -> row.getInteger(0),
            action,
            target.id()));
  }

  @Test
  void somebody_has_what_all_their_roles_allow_and_each_change_is_logged() {
    assertEquals(List.of(Role.RESIDENT), roles.of(lucie.id()));
    assertTrue(roles.may(lucie.id(), Permission.VOUCH));
    roles.give(nour, lucie, Role.KEEPER, "la mémoire du four");
    roles.give(nour, lucie, Role.FACILITATOR, "");
    roles.give(nour, lucie, Role.FACILITATOR, "");
    assertEquals(List.of(Role.FACILITATOR, Role.KEEPER), roles.of(lucie.id()));
    assertTrue(roles.may(lucie.id(), Permission.CHARTER));
    assertTrue(roles.may(lucie.id(), Permission.PROXY));
    assertFalse(roles.may(lucie.id(), Permission.MODERATE));
    roles.take(nour, lucie, Role.KEEPER, "");
    assertFalse(roles.may(lucie.id(), Permission.CHARTER));
    assertEquals(2, logged("role.give", lucie), "what was so already is no change");
    assertEquals(1, logged("role.take", lucie));
  }

  @Test
  void a_role_in_one_group_opens_no_other_and_nothing_of_the_place() {
    var marc = square.account("marc");
    var four = square.actors.village();
    var other = square.actors.agenda();
    db.transact(tx -> Roles.grant(tx, marc.id(), four.id(), Role.MODERATOR, nour.id()));
    assertTrue(roles.may(marc.id(), Permission.MODERATE, four.id()));
    assertFalse(roles.may(marc.id(), Permission.MODERATE, other.id()));
    assertFalse(roles.may(marc.id(), Permission.MODERATE));
    assertTrue(roles.may(nour.id(), Permission.MODERATE, other.id()), "the place holds its groups");
  }

  @Test
  void only_owners_make_owners_and_one_is_always_left() {
    var jean = square.account("jean");
    roles.give(nour, jean, Role.ADMIN, "");
    assertThrows(Problem.Forbidden.class, () -> roles.give(jean, jean, Role.OWNER, ""));
    assertThrows(Problem.Forbidden.class, () -> roles.give(lucie, lucie, Role.ADMIN, ""));
    assertThrows(Problem.Conflict.class, () -> roles.take(nour, nour, Role.OWNER, ""));
    assertEquals(Role.OWNER, roles.of(nour.id()).getFirst());
  }

  @Test
  void the_log_can_only_grow() {
    roles.give(nour, square.account("aicha"), Role.ANIMATOR, "");
    assertThrows(DbException.class, () -> db.run("update audit set reason = 'autre'"));
    assertThrows(DbException.class, () -> db.run("delete from audit"));
    assertThrows(DbException.class, () -> db.run("truncate audit"));
  }
}
