package org.placette.user;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.DbException;
import org.placette.db.Retention;
import org.placette.db.Tx;
import org.placette.role.Role;
import org.placette.role.Roles;
import org.placette.web.Permission;
import org.placette.web.Problem;
import org.placette.web.Secrets;
import org.placette.web.Visitor;

/** Accounts and sessions: creating, signing in and out, changing a password. */
public final class Users {

  /** How long a browser stays signed in. */
  public static final Duration SESSION = Duration.ofDays(30);

  private static final Pattern USERNAME = Pattern.compile("[a-z0-9_]{1,30}");
  private static final Pattern EMAIL =
      Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]{1,189}");
  private static final Set<String> LOCALES = Set.of("fr", "en");

  private final Db db;
  private final Actors actors;
  private final Passwords passwords;
  private final Attempts attempts = new Attempts();
  private volatile long visitNoted;
  private volatile LongFunction<@Nullable String> doorOutside = actorId -> null;
  private volatile LongConsumer signedOut = actorId -> {};
  private volatile BiConsumer<Tx, Actor> created = (tx, actor) -> {};
  private volatile Sessions.Step step =
      new Sessions.Step() {
        @Override
        public @Nullable String before(Account account, String next) {
          return null;
        }

        @Override
        public boolean letters() {
          return false;
        }
      };

  public Users(Vertx vertx, Db db, Actors actors) {
    this.db = db;
    this.actors = actors;
    this.passwords = new Passwords(vertx);
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("account", "retention.account"),
        Retention.Table.aged(
            "session", "retention.session", Duration.ofDays(1), "hash", "expires < now() - :keep"));
  }

  /**
   * What a new account is made of.
   *
   * @param displayName shown instead of the username; may be null
   * @param role the word of a {@link Role}
   * @param locale fr or en
   */
  public record NewAccount(
      String username,
      @Nullable String displayName,
      String email,
      String password,
      String role,
      String locale) {

    @Override
    public String toString() {
      return "NewAccount[" + username + "]";
    }
  }

  /**
   * Creates an account with its Person actor.
   *
   * @throws Problem.Invalid with a message key per wrong field: username, email, password
   */
  public Account create(NewAccount wanted) {
    var hash = checked(wanted);
    return db.inTransaction(tx -> admit(tx, wanted, hash));
  }

  /**
   * Checks the fields and hashes the password, before any transaction.
   *
   * @throws Problem.Invalid as {@link #create} does
   */
  public String checked(NewAccount wanted) {
    var wrong = wrong(wanted);
    if (!wrong.isEmpty()) throw new Problem.Invalid("Some fields are not right", wrong);
    return passwords.hash(wanted.password());
  }

  /** What is wrong with the fields: keys of messages by field name. */
  public Map<String, String> wrong(NewAccount wanted) {
    Map<String, String> wrong = new LinkedHashMap<>();
    if (!USERNAME.matcher(wanted.username()).matches()) wrong.put("username", "error.username");
    else if (actors.localByName(wanted.username()) != null)
      wrong.put("username", "error.username.taken");
    if (!EMAIL.matcher(wanted.email()).matches()) wrong.put("email", "error.email");
    else if (AccountStore.emailTaken(db, wanted.email())) wrong.put("email", "error.email.taken");
    var length = wanted.password().length();
    if (length < Passwords.MIN_LENGTH || length > Passwords.MAX_LENGTH)
      wrong.put("password", "error.password");
    if (Role.of(wanted.role()) == null) wrong.put("role", "error.role");
    return wrong;
  }

  /** Makes the account of somebody who is let in at once. */
  Account admit(Tx tx, NewAccount wanted, String hash) {
    var account = insert(tx, wanted, hash);
    welcome(tx, Objects.requireNonNull(actors.byId(tx, account.actorId())));
    return account;
  }

  /** Makes the account and its actor, of what was {@link #checked}; nobody is welcomed yet. */
  public Account insert(Tx tx, NewAccount wanted, String hash) {
    try {
      var actor = actors.createLocal(tx, "Person", wanted.username(), wanted.displayName(), null);
      var locale = LOCALES.contains(wanted.locale()) ? wanted.locale() : "fr";
      var account =
          new Account(actor.id(), wanted.username(), wanted.email(), hash, wanted.role(), locale);
      AccountStore.insert(tx, account);
      var role = Role.of(wanted.role());
      if (role != null && role != Role.RESIDENT) {
        var unused = Roles.grant(tx, actor.id(), null, role, null);
      }
      return account;
    } catch (DbException e) {
      if (!e.isUniqueViolation()) throw e;
      throw new Problem.Invalid(
          "Some fields are not right", Map.of("username", "error.username.taken"));
    }
  }

  /**
   * Signs somebody in.
   *
   * @param login username or e-mail address
   * @param address the network address of the browser, for the limit of tries
   * @return the account, or null when name and password do not belong together
   * @throws Problem.TooMany after too many tries
   */
  public @Nullable Account signIn(String login, String password, String address) {
    var name = login.strip().toLowerCase(Locale.ROOT);
    attempts.count(name, address);
    if (password.length() > Passwords.MAX_LENGTH) return null;
    var account = AccountStore.byLogin(db, name);
    var right =
        account == null
            ? passwords.checkNobody(password)
            : passwords.check(password, account.passwordHash());
    if (!right) return null;
    attempts.succeeded(name);
    return account;
  }

  /** Does for somebody new what everybody gets, once they are let in. */
  public void welcome(Tx tx, Actor actor) {
    created.accept(tx, actor);
  }

  /**
   * Where somebody is sent who knows name and password and may not come in any more; null for
   * everybody else.
   */
  public @Nullable String keptOut(String login, String password) {
    if (password.length() > Passwords.MAX_LENGTH) return null;
    var account = AccountStore.suspended(db, login.strip().toLowerCase(Locale.ROOT));
    if (account == null || !passwords.check(password, account.passwordHash())) return null;
    return doorOutside.apply(account.actorId());
  }

  /** The account of somebody who may come in; null for those who were suspended or wait. */
  public @Nullable Account entering(long actorId) {
    return AccountStore.entering(db, actorId);
  }

  /** The page of what keeps somebody out who has proved who they are; null when nothing does. */
  public @Nullable String keptOut(long actorId) {
    return doorOutside.apply(actorId);
  }

  /** The account of somebody who was suspended, by name or address; null for all others. */
  public @Nullable Account suspended(String login) {
    return AccountStore.suspended(db, login);
  }

  /** Sets what gives, by the actor's number, the page of what keeps somebody out. */
  public void whenKeptOut(LongFunction<@Nullable String> door) {
    doorOutside = door;
  }

  /** True when name and password belong to somebody who must be let in first. */
  public boolean waits(String login, String password) {
    if (password.length() > Passwords.MAX_LENGTH) return false;
    var hash = AccountStore.waiting(db, login.strip().toLowerCase(Locale.ROOT));
    return hash != null && passwords.check(password, hash);
  }

  /** Notes, at most once an hour, that somebody who moderates is here. */
  void noteVisit(Visitor visitor) {
    var who = visitor.actorId();
    if (who == null || !visitor.may(Permission.MODERATE)) return;
    var now = System.nanoTime();
    var last = visitNoted;
    if (last != 0 && now - last < Duration.ofHours(1).toNanos()) return;
    visitNoted = now;
    AccountStore.seen(db, who);
  }

  /** Sets what is done for somebody new, in the transaction that makes the account. */
  public void whenCreated(BiConsumer<Tx, Actor> action) {
    created = action;
  }

  /** Sets what is asked after a right password. */
  public void afterPassword(Sessions.Step more) {
    step = more;
  }

  Sessions.Step step() {
    return step;
  }

  /** Sets who hears, by the actor's number, whose sessions and tokens have all ended. */
  public void whenSignedOut(LongConsumer action) {
    signedOut = action;
  }

  /** Changes a password; every session and token of the account ends (T23). */
  public void changePassword(long actorId, String password) {
    var length = password.length();
    if (length < Passwords.MIN_LENGTH || length > Passwords.MAX_LENGTH)
      throw new Problem.Invalid("Some fields are not right", Map.of("password", "error.password"));
    var hash = passwords.hash(password);
    db.transact(tx -> AccountStore.changePassword(tx, actorId, hash));
    signedOut.accept(actorId);
  }

  /** An account is no more; those who hear of ended sessions and tokens are told. */
  public void ended(long actorId) {
    signedOut.accept(actorId);
  }

  /** The account by username or e-mail address; null when there is none. */
  public @Nullable Account byLogin(String login) {
    return AccountStore.byLogin(db, login);
  }

  /** The account of an actor; null when it has none. */
  public @Nullable Account byId(long actorId) {
    return AccountStore.byId(db, actorId);
  }

  /** The same inside a transaction. */
  public @Nullable Account byId(Tx tx, long actorId) {
    return AccountStore.byId(tx, actorId);
  }

  /** Opens a session; gives the secret for the cookie, which is stored nowhere. */
  public String openSession(Account account, @Nullable String userAgent) {
    var secret = Secrets.random();
    AccountStore.insertSession(
        db,
        Secrets.hash(secret),
        account.actorId(),
        Secrets.random(),
        userAgent == null ? null : userAgent.substring(0, Math.min(200, userAgent.length())),
        SESSION);
    return secret;
  }

  /** Whose session this secret opens; null when none or no longer. */
  @Nullable Visitor visitor(String secret) {
    return AccountStore.visitor(db, Secrets.hash(secret));
  }

  /**
   * Chooses whom somebody's posts are for when they do not say.
   *
   * @param visibility public, unlisted, private, direct, local or ring
   */
  public void usuallyFor(long actorId, String visibility) {
    PreferenceStore.choose(db, actorId, null, visibility, null, null);
  }

  /** The browsers in which somebody is signed in, the newest first, at most 100. */
  public List<BrowserSession> sessions(long actorId) {
    return AccountStore.sessions(db, actorId);
  }

  /** Ends one of a person's sessions; false when there is no such session. */
  public boolean endSession(long actorId, String key) {
    return AccountStore.endSession(db, actorId, key) > 0;
  }

  void closeSession(String secret) {
    AccountStore.removeSession(db, Secrets.hash(secret));
  }

  boolean hasOwner() {
    return AccountStore.hasOwner(db);
  }
}
