package org.placette.signin;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.KeyRing;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.mail.Letter;
import org.placette.mail.Mailer;
import org.placette.user.Account;
import org.placette.user.Sessions;
import org.placette.user.Users;
import org.placette.web.Language;
import org.placette.web.Limit;
import org.placette.web.Messages;
import org.placette.web.Problem;
import org.placette.web.Secrets;

/** The use cases of signing in with more, or with something else, than a password. */
final class SignIns implements Sessions.Step {

  private static final Logger LOG = System.getLogger("placette.signin");
  private static final Duration STEP = Duration.ofMinutes(10);
  private static final Duration LETTER = Duration.ofMinutes(30);
  private static final int CODE_TRIES = 5;
  private static final int RECOVERY_CODES = 8;
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Db db;
  private final Users users;
  private final KeyRing ring;
  private final Mailer mailer;
  private final Settings settings;
  private final Limit codes = new Limit(10, Duration.ofMinutes(10));
  private final Limit letters = new Limit(3, Duration.ofMinutes(30));

  SignIns(Db db, Users users, KeyRing ring, Mailer mailer, Settings settings) {
    this.db = db;
    this.users = users;
    this.ring = ring;
    this.mailer = mailer;
    this.settings = settings;
  }

  static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("second_factor", "retention.second_factor"),
        Retention.Table.owned("recovery_code", "retention.recovery_code"),
        Retention.Table.owned("passkey", "retention.passkey"),
        Retention.Table.aged(
            "sign_in_step",
            "retention.sign_in_step",
            Duration.ofHours(1),
            "hash",
            "expires < now() - :keep"));
  }

  /**
   * Somebody who proved who they are, and where they go.
   *
   * @param account null for somebody who is kept out: they go to the page that says why
   */
  record Entry(@Nullable Account account, String next) {}

  // --- the second factor

  @Override
  public @Nullable String before(Account account, String next) {
    if (!on(account.actorId())) return null;
    return "/sign-in/code?step=" + begin("code", account.actorId(), next, STEP);
  }

  boolean on(long actor) {
    var factor = SignInStore.factor(db, actor);
    return factor != null && factor.confirmed();
  }

  boolean waitsForCode(String step) {
    return SignInStore.step(db, Secrets.hash(step), "code") != null;
  }

  /**
   * Ends a sign-in with a code of the app or a recovery code.
   *
   * @return null when the code is not right
   * @throws Problem.Forbidden when there is nothing to end, or too many codes were wrong
   */
  @Nullable Entry enter(String step, String code) {
    var hash = Secrets.hash(step);
    var waiting = SignInStore.tryStep(db, hash, "code", CODE_TRIES);
    if (waiting == null || waiting.actor() == null) throw ended();
    codes.count(String.valueOf(waiting.actor()));
    if (!right(waiting.actor(), code)) return null;
    var taken = SignInStore.endStep(db, hash, "code");
    return entry(taken);
  }

  private Entry entry(SignInStore.@Nullable Step taken) {
    if (taken == null || taken.actor() == null) throw ended();
    var entry = entry(taken.actor(), taken.next());
    if (entry == null) throw ended();
    return entry;
  }

  private @Nullable Entry entry(long actor, String next) {
    var account = users.entering(actor);
    if (account != null) return new Entry(account, next);
    var outside = users.keptOut(actor);
    return outside == null ? null : new Entry(null, outside);
  }

  private static Problem ended() {
    return new Problem.Forbidden("This step has been used or is too old. Sign in again");
  }

  private boolean right(long actor, String code) {
    var factor = SignInStore.factor(db, actor);
    if (factor == null) return false;
    var step = Totp.matching(secret(actor, factor), code, Instant.now(), factor.lastStep());
    if (step >= 0) return SignInStore.take(db, actor, step);
    return SignInStore.useCode(db, actor, Secrets.hash(plain(code)));
  }

  private static String plain(String code) {
    return code.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private byte[] secret(long actor, SignInStore.Factor factor) {
    return ring.unseal(factor.sealed(), purpose(actor));
  }

  private static String purpose(long actor) {
    return "second-factor-" + actor;
  }

  /** The secret that is to be put into an app; null when a second factor is in use. */
  byte @Nullable [] offered(long actor) {
    var factor = SignInStore.factor(db, actor);
    if (factor == null) {
      SignInStore.begin(db, actor, ring.seal(Totp.secret(), purpose(actor)));
      factor = Objects.requireNonNull(SignInStore.factor(db, actor));
    }
    return factor.confirmed() ? null : secret(actor, factor);
  }

  /** Turns it on with the first code of the app; gives recovery codes, or null for a wrong one. */
  @Nullable List<String> confirm(long actor, String code) {
    codes.count(String.valueOf(actor));
    var factor = SignInStore.factor(db, actor);
    if (factor == null || factor.confirmed()) throw ended();
    var step = Totp.matching(secret(actor, factor), code, Instant.now(), 0);
    if (step < 0 || !SignInStore.take(db, actor, step)) return null;
    return renew(actor);
  }

  /** New recovery codes; the old ones end. */
  List<String> renew(long actor) {
    List<String> fresh = new ArrayList<>();
    for (var n = 0; n < RECOVERY_CODES; n++) fresh.add(word(5) + "-" + word(5));
    var hashes = fresh.stream().map(code -> Secrets.hash(plain(code))).toList();
    db.transact(tx -> SignInStore.putCodes(tx, actor, hashes));
    return fresh;
  }

  private static String word(int length) {
    var text = new StringBuilder();
    for (var n = 0; n < length; n++) text.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    return text.toString();
  }

  void turnOff(long actor) {
    db.transact(tx -> SignInStore.remove(tx, actor));
  }

  int codesLeft(long actor) {
    return SignInStore.codes(db, actor);
  }

  // --- the letter

  @Override
  public boolean letters() {
    return mailer.enabled();
  }

  /** Sends a link, when there is such an account; nobody can tell from outside. */
  void sendLetter(String login, String next) {
    if (!mailer.enabled()) return;
    var account = users.byLogin(login.strip().toLowerCase(Locale.ROOT));
    if (account == null) account = users.suspended(login.strip().toLowerCase(Locale.ROOT));
    if (account == null) return;
    try {
      letters.count(String.valueOf(account.actorId()));
    } catch (Problem.TooMany e) {
      // An answer of its own would tell that there is such an account.
      return;
    }
    var secret = begin("letter", account.actorId(), next, LETTER);
    var known = Language.of(account.locale());
    var words = Messages.of(known == null ? Language.FR : known);
    var link = settings.origin() + "/sign-in/letter/" + secret;
    var letter =
        new Letter(
                account.email(),
                words.text("letterIn.subject"),
                List.of(words.text("letterIn.text"), words.text("letterIn.other")),
                List.of(new Letter.Link(words.text("letterIn.link"), link)))
            .in(known == null ? Language.FR : known);
    db.transact(tx -> mailer.send(tx, letter));
  }

  boolean opens(String secret) {
    return SignInStore.step(db, Secrets.hash(secret), "letter") != null;
  }

  /** Uses a link up. */
  Entry open(String secret) {
    return entry(SignInStore.endStep(db, Secrets.hash(secret), "letter"));
  }

  // --- passkeys

  /** A challenge that can be answered once. */
  String challenge(@Nullable Long actor, String next) {
    return begin(actor == null ? "passkey" : "new-passkey", actor, next, STEP);
  }

  /** The domain without its port. */
  String host() {
    return settings.domain().replaceFirst(":\\d+$", "");
  }

  /** Keeps a new key; false when it does not hold, or belongs to somebody. */
  boolean add(long actor, String challenge, String answer, String label) {
    var step = SignInStore.endStep(db, Secrets.hash(challenge), "new-passkey");
    if (step == null || !Objects.equals(step.actor(), actor)) return false;
    try {
      var key = Passkey.read(answer);
      var known = key.created(challenge, settings.origin(), host());
      return SignInStore.insertKey(db, actor, label, key.id(), known);
    } catch (Passkey.Refused e) {
      LOG.log(Level.INFO, "a passkey was not taken: {0}", e.getMessage());
      return false;
    }
  }

  /** Who signs in with a key; null when it does not hold. */
  @Nullable Entry enterWithKey(String challenge, String answer) {
    var step = SignInStore.endStep(db, Secrets.hash(challenge), "passkey");
    if (step == null) return null;
    try {
      var key = Passkey.read(answer);
      var owned = SignInStore.owned(db, key.id());
      if (owned == null) throw new Passkey.Refused("unknown");
      var known = owned.known();
      var count = key.used(known, challenge, settings.origin(), host());
      if (!SignInStore.used(db, key.id(), known.count(), count)) return null;
      return entry(owned.actor(), step.next());
    } catch (Passkey.Refused e) {
      LOG.log(Level.INFO, "a passkey did not open: {0}", e.getMessage());
      return null;
    }
  }

  List<SignInStore.Key> keys(long actor) {
    return SignInStore.keys(db, actor);
  }

  boolean removeKey(long actor, byte[] id) {
    return SignInStore.removeKey(db, actor, id);
  }

  private String begin(String kind, @Nullable Long actor, String next, Duration life) {
    var secret = Secrets.random();
    SignInStore.putStep(db, Secrets.hash(secret), kind, actor, next, life);
    return secret;
  }
}
