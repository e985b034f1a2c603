package org.placette.rsvp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.placette.web.Language;

/**
 * One attendee's answer to one event.
 *
 * @param postId the event, by its post's number
 * @param actorId null for somebody without an account
 * @param guestName of somebody without an account
 * @param guestEmail likewise
 * @param party how many come, with the attendee
 * @param note what the attendee wrote to the organiser, plain text
 * @param activityUri the id of the activity that asked, or that we sent
 * @param activity the activity that asked, to be answered
 * @param listed whether others than the organiser may see the name
 * @param confirmBy until when somebody who moved up has to say that they still come
 * @param language of letters to somebody without an account; null when it is not known
 */
public record Rsvp(
    long id,
    long postId,
    @Nullable Long actorId,
    @Nullable String guestName,
    @Nullable String guestEmail,
    State state,
    int party,
    @Nullable String note,
    Door door,
    @Nullable String activityUri,
    @Nullable ObjectNode activity,
    boolean listed,
    @Nullable Instant waitingSince,
    @Nullable Instant confirmBy,
    @Nullable Instant checkedIn,
    Instant published,
    @Nullable Language language) {

  /** Where an answer stands. */
  public enum State {
    /** A guest who has not yet followed the link in the e-mail; holds no place. */
    UNCONFIRMED,
    /** Waits for the organiser, or for the organiser's server. */
    REQUESTED,
    /** Has a place. */
    GOING,
    MAYBE,
    DECLINED,
    /** Would come; there is no place yet. */
    WAITING,
    /** The organiser said no. */
    REFUSED;

    /** The word in the database. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** Which way an answer came. */
  public enum Door {
    WEB,
    API,
    VOTE,
    JOIN,
    ACCEPT,
    REPLY,
    MAIL;

    /** The word in the database. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Door of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** Whom letters reach; null for somebody with an account, or without an address. */
  @Nullable Guest guest() {
    if (guestEmail == null) return null;
    return new Guest(guestName == null ? "" : guestName, guestEmail, language);
  }

  /** True when it holds a place. */
  public boolean going() {
    return state == State.GOING;
  }
}
