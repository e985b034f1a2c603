package org.placette.post;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.vocab.AsObject;

/**
 * Finds out whether whoever is quoted agrees (FEP-044f): a stamp counts when it lies at the quoted
 * author's own server, is that author's, and names both posts.
 */
final class Consents {

  private final Db db;
  private final Actors actors;
  private final RemotePosts remote;

  Consents(Db db, Actors actors, RemotePosts remote) {
    this.db = db;
    this.actors = actors;
    this.remote = remote;
  }

  /**
   * The consent to the quote in a remote object.
   *
   * @param quoted what was fetched for it
   * @return null when there is no quote, or one of a kind that knows no consent (Misskey, Akkoma)
   */
  @Nullable Consent of(AsObject object, Draft draft, List<Incoming> quoted, Budget budget) {
    var target = draft.quote();
    if (target == null || object.raw("quote") == null) return null;
    var author = author(target, quoted);
    if (author != null && author == draft.actorId()) return Consent.accepted(null);
    var stamp = PostReader.web(object.ref("quoteAuthorization"));
    if (stamp == null || author == null) return Consent.PENDING;
    if (actors.urls().isOurs(stamp)) return own(stamp, draft.uri(), target);
    if (!AsObject.sameOrigin(stamp, target)) return new Consent(Consent.State.REJECTED, null);
    try {
      var found = remote.document(stamp, budget);
      var holds = holds(found, uri(author), draft.uri(), target);
      return holds ? Consent.accepted(stamp) : new Consent(Consent.State.REJECTED, null);
    } catch (FetchProblem e) {
      return Consent.PENDING;
    }
  }

  /** Whether a document is the stamp of an author for one post to quote another. */
  static boolean holds(AsObject stamp, String author, String quoting, String quoted) {
    return stamp.is("QuoteAuthorization")
        && author.equals(stamp.ref("attributedTo"))
        && quoting.equals(stamp.ref("interactingObject"))
        && quoted.equals(stamp.ref("interactionTarget"));
  }

  private @Nullable Long author(String target, List<Incoming> quoted) {
    var stored = PostStore.byUri(db, target);
    if (stored != null) return stored.actorId();
    return quoted.isEmpty() ? null : quoted.getFirst().draft().actorId();
  }

  private String uri(long actor) {
    var found = actors.byId(actor);
    return found == null ? "" : found.uri();
  }

  private Consent own(String stamp, String quoting, String quoted) {
    var given = StampStore.byId(db, number(stamp));
    var holds = given != null && given.quoting().equals(quoting) && given.quoted().equals(quoted);
    return holds ? Consent.accepted(stamp) : new Consent(Consent.State.REJECTED, null);
  }

  private static UUID number(String stamp) {
    try {
      return UUID.fromString(stamp.substring(stamp.lastIndexOf('/') + 1));
    } catch (IllegalArgumentException e) {
      return new UUID(0, 0);
    }
  }
}
