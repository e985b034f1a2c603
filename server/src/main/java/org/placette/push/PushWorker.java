package org.placette.push;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.placette.actor.KeyRing;
import org.placette.db.Claims;
import org.placette.db.Db;
import org.placette.db.DbException;
import org.placette.db.Presence;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.GuardedHttp;
import org.placette.federation.fetch.WebUrl;
import org.placette.notification.NotificationStore.Type;
import org.placette.push.PushStore.Push;
import org.placette.text.Excerpt;
import org.placette.web.Language;
import org.placette.web.Messages;

/**
 * Wakes the apps of residents (RFC 8030). Rows are written with the notification and sent from
 * here, so that nobody waits for a push service; one that fails is tried again for some hours, and
 * an address that is gone is forgotten.
 */
public final class PushWorker implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(PushWorker.class.getName());
  private static final int AT_ONCE = 8;
  private static final int CLAIM = 20;
  private static final int MOST_TRIES = 6;
  private static final int BODY = 140;
  private static final Duration KEPT = Duration.ofHours(48);

  private final Db db;
  private final Presence presence;
  private final Claims claims;
  private final GuardedHttp http;
  private final KeyRing ring;
  private final Vapid vapid;
  private final Function<@Nullable String, String> icon;
  private final Semaphore free = new Semaphore(AT_ONCE);

  /**
   * @param presence lists the table {@code push_delivery}
   * @param icon gives the address here of somebody's portrait
   */
  public PushWorker(
      Db db,
      Presence presence,
      GuardedHttp http,
      KeyRing ring,
      Vapid vapid,
      Function<@Nullable String, String> icon) {
    this.db = db;
    this.presence = presence;
    this.claims = new Claims(db, presence, "push_delivery");
    this.http = http;
    this.ring = ring;
    this.vapid = vapid;
    this.icon = icon;
  }

  /** Starts to send. */
  public void start() {
    claims.start(this::claim);
  }

  private boolean claim() {
    List<Long> ids;
    try {
      ids = PushStore.claim(db, presence.id(), CLAIM);
    } catch (DbException e) {
      claims.doubt();
      throw e;
    }
    if (ids.isEmpty()) return false;
    claims.hold(ids);
    for (var push : PushStore.claimed(db, ids)) {
      free.acquireUninterruptibly();
      Thread.startVirtualThread(() -> work(push));
    }
    return ids.size() == CLAIM;
  }

  private void work(Push push) {
    try {
      var wait = push.wanted() ? send(push) : 0;
      if (wait == 0) PushStore.done(db, List.of(push.id()));
      else PushStore.later(db, push.id(), wait);
    } catch (GeneralSecurityException | RuntimeException e) {
      LOG.log(Level.WARNING, "A push was not sent: {0}", e.toString());
      claims.doubt();
    } finally {
      claims.drop(List.of(push.id()));
      free.release();
    }
  }

  /** Sends; gives the seconds to wait before it is tried again, or 0. */
  private long send(Push push) throws GeneralSecurityException {
    var url = WebUrl.parse(push.endpoint());
    var sealed = PushCipher.seal(text(push), push.p256dh(), push.auth(), push.standard());
    Map<String, String> headers = new LinkedHashMap<>(sealed.headers());
    var token = vapid.token(url);
    if (push.standard()) {
      headers.put("Authorization", "vapid t=" + token + ", k=" + vapid.publicKey());
    } else {
      headers.put("Authorization", "WebPush " + token);
      headers.merge("Crypto-Key", "p256ecdsa=" + vapid.publicKey(), (dh, key) -> dh + ";" + key);
    }
    headers.put("Content-Type", "application/octet-stream");
    headers.put("TTL", String.valueOf(KEPT.toSeconds()));
    headers.put("Urgency", "normal");
    try {
      var status = http.post(url, sealed.body(), headers).status();
      if (status == 404 || status == 410) PushStore.removeDead(db, push.subscription());
      return status == 429 || status >= 500 ? later(push) : 0;
    } catch (FetchProblem e) {
      LOG.log(Level.FINE, "A push service did not answer: {0}", e.getMessage());
      return e.reason().isPassing() ? later(push) : 0;
    }
  }

  private static long later(Push push) {
    return push.tries() >= MOST_TRIES ? 0 : 30L << (2 * push.tries());
  }

  /** An event or a topic is known by its title; its words may be none. */
  private static String body(Push push) {
    var text = push.content() == null ? "" : Excerpt.of(push.content(), BODY);
    if (push.title() == null) return text;
    return text.isEmpty() ? push.title() : push.title() + "\n" + text;
  }

  private byte[] text(Push push) {
    var language = Language.of(push.locale());
    if (language == null) language = Language.FR;
    var words = Messages.of(language);
    var title = push.from() + " " + words.text("news." + push.type());
    var body = body(push);
    if (push.group() != null) title += " " + words.text("news.group", push.group());
    var json = JsonNodeFactory.instance.objectNode();
    var sealed = push.sealedToken();
    // A browser of ours has no token: it knows whose it is by its session.
    if (sealed != null) json.put("access_token", token(push, sealed));
    return json.put("preferred_locale", language.code())
        .put("notification_id", String.valueOf(push.notification()))
        .put("notification_type", Type.word(push.type()))
        .put("icon", icon.apply(push.icon()))
        .put("title", title.replace("  ", " "))
        .put("body", body)
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private String token(Push push, byte[] sealed) {
    var bytes = ring.unseal(sealed, PushApi.purpose(push.token()));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    claims.close();
  }
}
