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
import java.util.List;
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

  public Mailer(Vertx vertx, Db db, Settings settings) {
    this.db = db;
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
                .setHtml(letter.html());
        var end = letter.unsubscribe();
        if (end != null)
          message.setHeaders(
              MultiMap.caseInsensitiveMultiMap()
                  .add("List-Unsubscribe", "<" + end + ">")
                  .add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        var unused = through.sendMail(message).await();
        LetterStore.sent(db, letter.id());
      } catch (Exception e) {
        // Waiting throws what went wrong as it is, checked or not: no connection, for one.
        failed(letter, e);
      }
    }
    return due.size();
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
