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
 * @param practical what it costs and whom to ask
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
    Practical practical,
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
        Practical.NONE,
        0);
  }

  public boolean cancelled() {
    return status == Status.CANCELLED;
  }

  /** The same event, no longer taking place; changed once more. */
  public Details asCancelled() {
    var copy = new Copy(this);
    copy.status = Status.CANCELLED;
    copy.eventStatus = Status.CANCELLED.eventStatus();
    copy.sequence = sequence + 1;
    return copy.made();
  }

  /** The same with another status; {@code word} is the finer one of FEP-8a8e. */
  public Details status(Status now, String word) {
    var copy = new Copy(this);
    copy.status = now;
    copy.eventStatus = word;
    return copy.made();
  }

  /** The same at another place. */
  public Details at(@Nullable Place where) {
    var copy = new Copy(this);
    copy.place = where;
    return copy.made();
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
    var copy = new Copy(this);
    copy.uuid = before.uuid;
    copy.when = times;
    copy.joining = kept;
    copy.sequence = before.sequence + 1;
    return copy.made();
  }

  public Details online(boolean only, @Nullable String url) {
    var copy = new Copy(this);
    copy.online = only;
    copy.onlineUrl = url;
    return copy.made();
  }

  public Details about(@Nullable String word, @Nullable String page, @Nullable Attachment picture) {
    var copy = new Copy(this);
    copy.website = page;
    copy.category = word;
    copy.banner = picture;
    return copy.made();
  }

  public Details joining(Joining how) {
    var copy = new Copy(this);
    copy.joining = how;
    return copy.made();
  }

  public Details askedAt(List<String> people) {
    var copy = new Copy(this);
    copy.contacts = people;
    return copy.made();
  }

  /** The same with this price, whose sum is read from its words, and these people to ask. */
  public Details practical(Practical words) {
    var copy = new Copy(this);
    copy.practical = words;
    copy.feeAmount = words.amount();
    copy.feeCurrency = words.currency();
    return copy.made();
  }

  /** The same with comments closed, or open as they were. */
  public Details comments(boolean closed) {
    var copy = new Copy(this);
    if (closed) copy.repliesModeration = "closed";
    else if (commentsClosed()) copy.repliesModeration = "allow_all";
    return copy.made();
  }

  public boolean commentsClosed() {
    return repliesModeration.equals("closed");
  }

  /** These details at another time and place; whom to ask is said anew. */
  Details planned(When then, @Nullable Place where) {
    var copy = new Copy(this);
    copy.contacts = List.of();
    copy.when = then;
    copy.place = where;
    return copy.made();
  }

  /** The one place where a copy with something else is made. */
  private static final class Copy {
    private UUID uuid;
    private When when;
    private @Nullable Place place;
    private boolean online;
    private @Nullable String onlineUrl;
    private @Nullable String website;
    private Joining joining;
    private Status status;
    private String eventStatus;
    private @Nullable String category;
    private @Nullable BigDecimal feeAmount;
    private @Nullable String feeCurrency;
    private String repliesModeration;
    private @Nullable Attachment banner;
    private List<String> contacts;
    private List<String> organizers;
    private Practical practical;
    private int sequence;

    Copy(Details from) {
      uuid = from.uuid;
      when = from.when;
      place = from.place;
      online = from.online;
      onlineUrl = from.onlineUrl;
      website = from.website;
      joining = from.joining;
      status = from.status;
      eventStatus = from.eventStatus;
      category = from.category;
      feeAmount = from.feeAmount;
      feeCurrency = from.feeCurrency;
      repliesModeration = from.repliesModeration;
      banner = from.banner;
      contacts = from.contacts;
      organizers = from.organizers;
      practical = from.practical;
      sequence = from.sequence;
    }

    Details made() {
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
          contacts,
          organizers,
          practical,
          sequence);
    }
  }
}
