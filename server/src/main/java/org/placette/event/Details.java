package org.placette.event;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.post.Attachment;

/**
 * What an event is beyond its text.
 *
 * @param uuid names it in this server's URLs; of a local event also in its id
 * @param place null when it is online only, or when nobody knows yet
 * @param online true when it takes place online only
 * @param onlineUrl where one takes part online
 * @param website a page about it elsewhere
 * @param eventStatus the FEP-8a8e word, finer than the status
 * @param category Mobilizon's word or FEP-8a8e's, in capitals
 * @param feeAmount what it costs; null when nobody said
 * @param repliesModeration allow_all, moderated or closed
 * @param banner its picture
 * @param contacts uris of actors to ask
 * @param organizers uris of actors who organise it beside its author
 * @param sequence how often it was changed (iCalendar, SEQUENCE)
 */
public record Details(
    UUID uuid,
    When when,
    @Nullable Place place,
    boolean online,
    @Nullable String onlineUrl,
    @Nullable String website,
    Joining joining,
    Status status,
    String eventStatus,
    @Nullable String category,
    @Nullable BigDecimal feeAmount,
    @Nullable String feeCurrency,
    String repliesModeration,
    @Nullable Attachment banner,
    List<String> contacts,
    List<String> organizers,
    int sequence) {

  public Details {
    contacts = List.copyOf(contacts);
    organizers = List.copyOf(organizers);
  }

  /** An event that takes place as planned, with what is known at least. */
  public static Details of(UUID uuid, When when, @Nullable Place place) {
    return new Details(
        uuid,
        when,
        place,
        false,
        null,
        null,
        Joining.FREE,
        Status.CONFIRMED,
        Status.CONFIRMED.eventStatus(),
        null,
        null,
        null,
        "allow_all",
        null,
        List.of(),
        List.of(),
        0);
  }

  public boolean cancelled() {
    return status == Status.CANCELLED;
  }

  /** The same event, no longer taking place; changed once more. */
  public Details asCancelled() {
    return new Details(
        uuid,
        when,
        place,
        online,
        onlineUrl,
        website,
        joining,
        Status.CANCELLED,
        Status.CANCELLED.eventStatus(),
        category,
        feeAmount,
        feeCurrency,
        repliesModeration,
        banner,
        contacts,
        organizers,
        sequence + 1);
  }

  /** The same with another status; {@code word} is the finer one of FEP-8a8e. */
  public Details status(Status now, String word) {
    return new Details(
        uuid,
        when,
        place,
        online,
        onlineUrl,
        website,
        joining,
        now,
        word,
        category,
        feeAmount,
        feeCurrency,
        repliesModeration,
        banner,
        contacts,
        organizers,
        sequence);
  }

  /** The same at another place. */
  public Details at(@Nullable Place where) {
    return new Details(
        uuid,
        when,
        where,
        online,
        onlineUrl,
        website,
        joining,
        status,
        eventStatus,
        category,
        feeAmount,
        feeCurrency,
        repliesModeration,
        banner,
        contacts,
        organizers,
        sequence);
  }

  /** These details as the next state of {@code before}: its identity, one change later. */
  public Details following(Details before) {
    var moved = !when.start().equals(before.when.start());
    var times =
        moved && when.previousStart() == null
            ? new When(
                when.start(), when.end(), when.displayEnd(), when.zone(), before.when.start())
            : when;
    // Who comes is counted, not written by hand.
    var kept =
        new Joining(
            joining.mode(),
            joining.externalUrl(),
            joining.anonymous(),
            joining.capacity(),
            before.joining.participants());
    return new Details(
        before.uuid,
        times,
        place,
        online,
        onlineUrl,
        website,
        kept,
        status,
        eventStatus,
        category,
        feeAmount,
        feeCurrency,
        repliesModeration,
        banner,
        contacts,
        organizers,
        before.sequence + 1);
  }

  public Details online(boolean only, @Nullable String url) {
    return new Details(
        uuid,
        when,
        place,
        only,
        url,
        website,
        joining,
        status,
        eventStatus,
        category,
        feeAmount,
        feeCurrency,
        repliesModeration,
        banner,
        contacts,
        organizers,
        sequence);
  }

  public Details about(@Nullable String word, @Nullable String page, @Nullable Attachment picture) {
    return new Details(
        uuid,
        when,
        place,
        online,
        onlineUrl,
        page,
        joining,
        status,
        eventStatus,
        word,
        feeAmount,
        feeCurrency,
        repliesModeration,
        picture,
        contacts,
        organizers,
        sequence);
  }

  public Details joining(Joining how) {
    return new Details(
        uuid,
        when,
        place,
        online,
        onlineUrl,
        website,
        how,
        status,
        eventStatus,
        category,
        feeAmount,
        feeCurrency,
        repliesModeration,
        banner,
        contacts,
        organizers,
        sequence);
  }

  public Details askedAt(List<String> people) {
    return new Details(
        uuid,
        when,
        place,
        online,
        onlineUrl,
        website,
        joining,
        status,
        eventStatus,
        category,
        feeAmount,
        feeCurrency,
        repliesModeration,
        banner,
        people,
        organizers,
        sequence);
  }
}
