package org.placette.mail;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.db.Tx;

/** Sends letters through the mail server of the settings (PLACETTE_SMTP_URL). */
public final class Mailer {

  private static final Logger LOG = System.getLogger("placette.mail");
  private static final int TRIES = 9;
  private static final Duration IN_HAND = Duration.ofMinutes(5);

  private final Db db;
  private final @Nullable MailClient client;
  private final String from;
  private final Supplier<Sender> place;

  /** Who letters are from, and whom people may write to; either may be empty. */
  public record Sender(String name, String email) {}

  public Mailer(Vertx vertx, Db db, Settings settings) {
    this(vertx, db, settings, () -> new Sender("", ""));
  }

  /**
   * @param place who letters are from, now
   */
  public Mailer(Vertx vertx, Db db, Settings settings, Supplier<Sender> place) {
    this.db = db;
    this.place = place;
    var host = settings.domain().replaceFirst(":\\d+$", "");
    if (settings.smtpUrl().isEmpty()) {
      client = null;
      from = "";
      return;
    }
    var url = URI.create(settings.smtpUrl());
    var user = part(url, 0);
    from = user.contains("@") ? user : "placette@" + host;
    client = MailClient.create(vertx, config(url, user, part(url, 1)).setOwnHostname(host));
  }

  private static MailConfig config(URI url, String user, String password) {
    var secure = "smtps".equals(url.getScheme());
    var config = new MailConfig().setHostname(url.getHost()).setSsl(secure);
    config.setPort(url.getPort() > 0 ? url.getPort() : secure ? 465 : 587);
    config.setConnectTimeout(10_000).setIdleTimeout(30);
    config.setMaxPoolSize(2).setKeepAlive(false);
    if (user.isEmpty()) return config.setLogin(LoginOption.DISABLED);
    // A password is not said aloud.
    var here = url.getHost().equals("localhost") || url.getHost().startsWith("127.");
    config.setStarttls(secure || here ? StartTLSOptions.OPTIONAL : StartTLSOptions.REQUIRED);
    return config.setLogin(LoginOption.REQUIRED).setUsername(user).setPassword(password);
  }

  private static String part(URI url, int index) {
    var info = url.getRawUserInfo();
    var parts = info == null ? new String[0] : info.split(":", 2);
    return parts.length > index ? URLDecoder.decode(parts[index], StandardCharsets.UTF_8) : "";
  }

  /** True when there is a mail server. */
  public boolean enabled() {
    return client != null;
  }

  /** Leaves a letter to be sent after the commit; nothing without a mail server. */
  public void send(Tx tx, Letter letter) {
    if (client != null) LetterStore.put(tx, letter);
  }

  /**
   * Sends what is due, for a worker. A mail server that fails is asked again, each time later.
   *
   * @return how many were tried
   */
  public int sendDue() {
    var through = client;
    if (through == null) return 0;
    var due = LetterStore.claim(db, Instant.now().plus(IN_HAND));
    for (var letter : due) {
      try {
        var message =
            new MailMessage(from, letter.to(), letter.subject(), letter.text())
                .setHtml(letter.html())
                .setHeaders(headers(letter));
        var unused = through.sendMail(message).await();
        LetterStore.sent(db, letter.id());
      } catch (Exception e) {
        // Waiting throws what went wrong as it is, checked or not: no connection, for one.
        failed(letter, e);
      }
    }
    return due.size();
  }

  /** The place by its name and the address that letters come from (RFC 5322, RFC 2047). */
  private String sender() {
    var name = place.get().name().replaceAll("[\\p{Cntrl}\"\\\\<>]+", " ").strip();
    if (name.isEmpty()) return from;
    if (name.chars().allMatch(c -> c < 128)) return "\"" + name + "\" <" + from + ">";
    // An encoded word holds 75 characters; half a letter must not be cut.
    var words = new StringBuilder();
    for (int at = 0; at < name.length(); ) {
      var end = name.offsetByCodePoints(at, Math.min(10, name.codePointCount(at, name.length())));
      var bytes = name.substring(at, end).getBytes(StandardCharsets.UTF_8);
      words.append("=?UTF-8?B?").append(Base64.getEncoder().encodeToString(bytes)).append("?= ");
      at = end;
    }
    return words + "<" + from + ">";
  }

  private MultiMap headers(LetterStore.Due letter) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    // Nobody's "I am away" answers a server (RFC 3834).
    headers.add("Auto-Submitted", "auto-generated");
    headers.add("From", sender());
    if (letter.language() != null) headers.add("Content-Language", letter.language());
    var answers = place.get().email();
    if (answers.matches("[\\w.+-]+@[\\w.-]+")) headers.add("Reply-To", answers);
    var end = letter.unsubscribe();
    if (end != null)
      headers
          .add("List-Unsubscribe", "<" + end + ">")
          .add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    return headers;
  }

  private void failed(LetterStore.Due letter, Exception e) {
    LOG.log(
        Level.WARNING, "A letter was not taken (try " + letter.tries() + "): " + e.getMessage());
    if (letter.tries() >= TRIES) LetterStore.sent(db, letter.id());
    else LetterStore.later(db, letter.id(), Instant.now().plusSeconds(30L << letter.tries()));
  }

  /** Why the table exists, and how long its rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.aged(
            "letter", "retention.letter", Duration.ofDays(7), "id", "published < now() - :keep"),
        Retention.Table.owned("mail_choice", "retention.mail_choice"));
  }
}
