package org.placette.signup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.audit.Audit;
import org.placette.care.CareRules;
import org.placette.config.Settings;
import org.placette.config.Settings.Registration;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Tx;
import org.placette.mail.Letter;
import org.placette.mail.Mailer;
import org.placette.notification.NotificationStore;
import org.placette.role.Roles;
import org.placette.user.Account;
import org.placette.user.Users;
import org.placette.user.Users.NewAccount;
import org.placette.web.ClientAddress;
import org.placette.web.Language;
import org.placette.web.Limit;
import org.placette.web.Messages;
import org.placette.web.Permission;
import org.placette.web.Problem;
import org.placette.web.Secrets;

/** Asking for an account, being let in or refused, and invitations. */
public final class SignUps {

  /** Without a visit of anybody who moderates for so long, nobody can sign up. */
  private static final Duration UNATTENDED = Duration.ofDays(7);

  private static final Duration WINDOW = Duration.ofHours(1);
  private static final int PER_ADDRESS = 5;
  private static final int MOST_WAITING = 100;
  private static final int MOST_VOUCHED = 5;
  private static final int LONGEST_REASON = 2_000;

  private final Db db;
  private final Actors actors;
  private final Users users;
  private final Mailer mailer;
  private final Settings settings;
  private final Limit asked = new Limit(PER_ADDRESS, WINDOW);

  public SignUps(Db db, Actors actors, Users users, Mailer mailer, Settings settings) {
    this.db = db;
    this.actors = actors;
    this.users = users;
    this.mailer = mailer;
    this.settings = settings;
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("sign_up", "retention.sign_up"),
        Retention.Table.aged(
            "invitation",
            "retention.invitation",
            Duration.ofDays(7),
            "id",
            "expires < now() - :keep"));
  }

  /** How one gets in at this moment. */
  public enum Door {
    OPEN,
    /** One asks, and waits for an answer. */
    ASK,
    /** Only with an invitation. */
    INVITED,
    /** Nobody who moderates was here for a week; their next visit opens it again. */
    UNATTENDED,
    CLOSED
  }

  /** The door for somebody who brings no invitation. */
  public Door door() {
    var chosen = settings.registration();
    if (chosen == Registration.CLOSED) return Door.CLOSED;
    if (chosen == Registration.INVITE) return Door.INVITED;
    if (!attended()) return Door.UNATTENDED;
    return chosen == Registration.OPEN ? Door.OPEN : Door.ASK;
  }

  /** Whether somebody who moderates was here within the week. */
  public boolean attended() {
    return SignUpStore.staffedSince(db, Instant.now().minus(UNATTENDED));
  }

  /** True while this invitation lets somebody in. */
  public boolean invites(@Nullable String secret) {
    return secret != null
        && !secret.isEmpty()
        && settings.registration() != Registration.CLOSED
        && SignUpStore.isGood(db, Secrets.hash(secret));
  }

  /**
   * What came of it.
   *
   * @param waits true when somebody must let them in first
   */
  public record Done(Account account, boolean waits) {}

  /**
   * What is wrong with the fields of an account: keys of messages by field name.
   *
   * @param address the network address that asks; it may not try often which addresses are known
   * @throws Problem.TooMany when it does
   */
  Map<String, String> wrong(NewAccount wanted, String address) {
    asked.count(ClientAddress.network(address));
    return users.wrong(wanted);
  }

  /**
   * Makes an account, or leaves the wish for one with those who moderate.
   *
   * @param reason what they say of themselves; needed where one has to ask
   * @param invitation the secret of one, or null
   * @param sponsor the name of a resident who may stand up for them, or null
   * @param address the network address that it comes from
   * @throws Problem.Invalid with a message key per wrong field
   * @throws Problem.Forbidden when nobody can sign up
   * @throws Problem.TooMany when too many ask
   */
  public Done ask(
      NewAccount wanted,
      @Nullable String reason,
      @Nullable String invitation,
      @Nullable String sponsor,
      String address) {
    var invited = invites(invitation);
    var door = invited ? Door.OPEN : door();
    if (door == Door.CLOSED || door == Door.UNATTENDED)
      throw new Problem.Forbidden("Nobody can sign up at the moment");
    if (door == Door.INVITED) throw new Problem.Forbidden("An invitation is needed to sign up");
    var said = reason == null ? "" : reason.strip();
    if (door == Door.ASK && said.isEmpty())
      throw new Problem.Invalid("Some fields are not right", Map.of("reason", "error.required"));
    if (said.length() > LONGEST_REASON)
      throw new Problem.Invalid("Some fields are not right", Map.of("reason", "error.long"));
    asked.count(ClientAddress.network(address));
    if (door == Door.ASK && SignUpStore.waiting(db) >= MOST_WAITING)
      throw new Problem.TooMany((int) WINDOW.toSeconds());
    var vouching = door == Door.ASK ? sponsor(sponsor) : null;
    var hash = users.checked(wanted);
    return db.inTransaction(
        tx -> {
          if (invited && (invitation == null || !SignUpStore.use(tx, Secrets.hash(invitation))))
            throw new Problem.Forbidden("This invitation has been used");
          var account = users.insert(tx, wanted, hash);
          var actor = Objects.requireNonNull(actors.byId(tx, account.actorId()));
          SignUpStore.watch(tx, account.actorId());
          if (door == Door.ASK) {
            actors.suspend(tx, actor, true);
            SignUpStore.insert(tx, account.actorId(), said, vouching);
            if (vouching != null) askSponsor(tx, vouching, actor.username());
          } else users.welcome(tx, actor);
          NotificationStore.tellModerators(
              tx, NotificationStore.Type.SignUp, account.actorId(), null);
          return new Done(account, door == Door.ASK);
        });
  }

  /** Those who wait, the first to ask first. */
  List<SignUp> waiting(long after, int limit) {
    return SignUpStore.page(db, after, limit);
  }

  /** Lets somebody in; false when somebody else answered before. */
  boolean accept(long by, long actorId) {
    return db.inTransaction(tx -> admit(tx, by, actorId, "signup.accept"));
  }

  private boolean admit(Tx tx, long by, long actorId, String how) {
    var one = SignUpStore.take(tx, actorId);
    if (one == null) return false;
    Audit.write(tx, by, how, actorId, "", "");
    var actor = Objects.requireNonNull(actors.byId(tx, actorId));
    actors.suspend(tx, actor, false);
    users.welcome(tx, actor);
    write(tx, one, "signUp.letter.accepted", null);
    return true;
  }

  /** Refuses somebody, of whom nothing is kept; false when somebody else answered before. */
  boolean refuse(long by, long actorId, @Nullable String why) {
    return db.inTransaction(
        tx -> {
          var one = SignUpStore.take(tx, actorId);
          if (one == null) return false;
          write(tx, one, "signUp.letter.refused", why);
          Audit.write(tx, by, "signup.refuse", actorId, "", why);
          actors.withdraw(tx, Objects.requireNonNull(actors.byId(tx, actorId)));
          return true;
        });
  }

  private void write(Tx tx, SignUp to, String key, @Nullable String why) {
    var language = Language.of(to.locale());
    var words = Messages.of(language == null ? Language.FR : language);
    List<String> text = new ArrayList<>(List.of(words.text(key, to.username())));
    if (why != null) text.add(why);
    var links = List.of(new Letter.Link(settings.domain(), settings.origin() + "/sign-in"));
    mailer.send(
        tx,
        new Letter(to.email(), words.text(key + ".subject"), text, links)
            .in(language == null ? Language.FR : language));
  }

  /** Makes an invitation and gives its address, which is shown this once. */
  String invite(long by, int uses, Duration life) {
    var secret = Secrets.random();
    db.transact(
        tx -> {
          var ends = Instant.now().plus(life);
          SignUpStore.invite(tx, Ids.next(), Secrets.hash(secret), by, uses, ends);
          Audit.write(tx, by, "invite", null, String.valueOf(uses), "");
        });
    return settings.origin() + "/signup?invitation=" + secret;
  }

  List<Invitation> invitations() {
    return SignUpStore.invitations(db);
  }

  void uninvite(long by, long id) {
    db.transact(
        tx -> {
          SignUpStore.uninvite(tx, id);
          Audit.write(tx, by, "invite.end", null, "", "");
        });
  }

  private @Nullable Long sponsor(@Nullable String name) {
    if (name == null || name.isBlank()) return null;
    var plain = name.strip();
    var found = SignUpStore.sponsor(db, plain.startsWith("@") ? plain.substring(1) : plain);
    if (found == null)
      throw new Problem.Invalid("Some fields are not right", Map.of("sponsor", "error.sponsor"));
    return found;
  }

  private void askSponsor(Tx tx, long sponsor, String name) {
    var account = users.byId(tx, sponsor);
    if (account == null) return;
    var language = Language.of(account.locale());
    var words = Messages.of(language == null ? Language.FR : language);
    var links = List.of(new Letter.Link(words.text("vouch.title"), settings.origin() + "/vouch"));
    var text = List.of(words.text("vouch.letter", name));
    mailer.send(
        tx,
        new Letter(account.email(), words.text("vouch.letter.subject"), text, links)
            .in(language == null ? Language.FR : language));
  }

  /** Those who named this resident as their sponsor. */
  List<SignUp> sponsored(long sponsor) {
    return SignUpStore.sponsored(db, sponsor);
  }

  /**
   * A resident stands up for somebody, or does not know them. Where a sponsor's word is enough,
   * they come in at once; elsewhere those who moderate read it.
   *
   * @throws Problem.Forbidden for newcomers, and after five within a month
   */
  void vouch(long sponsor, long actorId, boolean known) {
    db.transact(
        tx -> {
          if (!Roles.may(tx, sponsor, Permission.VOUCH) || !SignUpStore.isTrusted(tx, sponsor))
            throw new Problem.Forbidden("Newcomers cannot stand up for others yet");
          if (known && SignUpStore.vouchedLately(tx, sponsor) >= MOST_VOUCHED)
            throw new Problem.Forbidden("Five newcomers within a month are enough");
          if (!SignUpStore.vouch(tx, sponsor, actorId, known)) throw new Problem.NotFound();
          if (!known) return;
          Audit.write(tx, sponsor, "signup.vouch", actorId, "", "");
          if (CareRules.of(tx).vouchAdmits()) {
            var unused = admit(tx, sponsor, actorId, "signup.accept");
          }
        });
  }
}
