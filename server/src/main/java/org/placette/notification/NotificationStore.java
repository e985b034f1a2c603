package org.placette.notification;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.audience.AudienceStore;
import org.placette.db.Retention;
import org.placette.db.Tx;

/** Rows of {@code notification}, written in the transaction of what they tell about. */
public final class NotificationStore {

  /**
   * What happened, in the words of ActivityStreams where it has some, with the word that every app
   * knows, and the more exact one that is given to apps which ask for it.
   */
  public enum Type {
    Mention("mention"),
    Reply("mention"),
    Like("favourite"),
    Announce("reblog"),
    /** Somebody quoted what one wrote. */
    Quote("quote"),
    Follow("follow"),
    /** Somebody waits to be let in. */
    FollowRequest("follow_request"),
    /** Somebody waits to be let into a Group that one cares for. */
    GroupRequest("follow_request", "placette:join_request"),
    /** Somebody posted of whom one wants to hear at once. */
    Post("status"),
    Poll("poll"),
    /** What one shared was edited. */
    Update("update"),
    SignUp("admin.sign_up"),
    Report("admin.report"),
    Warning("moderation_warning"),
    /** An event was sent to one by name. */
    Invitation("mention", "placette:invitation"),
    /** Somebody wants to come and waits for the organiser's word. */
    RsvpRequest("mention", "pleroma:participation_request"),
    /** Somebody answered an event; told once an hour at most. */
    RsvpAnswer("mention", "placette:participation"),
    /** People without an account answered an event; told once a day. */
    GuestAnswer("mention", "placette:guest_participation"),
    /** The organiser thanks those who came, and asks how it was. */
    EventThanks("update", "placette:event_thanks"),
    /** There is a place. */
    RsvpAccepted("update", "pleroma:participation_accepted"),
    /** There is a place, which is to be confirmed. */
    RsvpFreed("update", "pleroma:participation_accepted"),
    /** It begins soon. */
    EventReminder("status", "pleroma:event_reminder"),
    /** Another hour or place, or it does not take place. */
    EventUpdate("update", "pleroma:event_update");

    private final String word;
    private final String special;

    Type(String word) {
      this(word, word);
    }

    Type(String word, String special) {
      this.word = word;
      this.special = special;
    }

    /** What apps call it that ask for this word. */
    public String special() {
      return special;
    }

    /** What apps call it. */
    public String word() {
      return word;
    }

    /** The word for a stored type; one that this version does not know is called as stored. */
    public static String word(String stored) {
      for (var one : values()) if (one.name().equals(stored)) return one.word;
      return stored;
    }
  }

  /** One thing to tell, as in {@link #tell(Tx, long, Type, long, Long)}. */
  public record News(long to, Type type, long from, @Nullable Long post) {}

  /**
   * What is told is written here: never to one elsewhere, nor twice, nor of one who is blocked or
   * muted, whose host is muted, or in a muted thread. The policy of the person may keep it aside or
   * drop it; the private messages of strangers elsewhere are kept aside unless the person chose
   * otherwise, or answered an event or a poll of theirs: an organiser tells of a change so.
   *
   * <p>The rows of {@code push_delivery}, a table of {@code push}, are written here too, in the
   * same statement: only it knows what was really told, and a second one would cost every
   * notification a round trip.
   */
  private static final String TELL =
      """
      with told as (
      insert into notification (id, actor_id, type, from_actor_id, post_id, report_id, group_key,
        filtered)
      select w.id, w.to_id, w.type, w.from_id, w.post, w.report,
        case when w.type = 'Like' and w.post is not null then 'favourite-' || w.post || '-' || w.span
          when w.type = 'Announce' and w.post is not null then 'reblog-' || w.post || '-' || w.span
          when w.type = 'Follow' then 'follow-' || w.span
          else 'ungrouped-' || w.id end,
        w.verdict = 'filter'
      from (
        select nextval('notification_number') as id, n.*,
          floor(extract(epoch from now()) / 43200)::bigint as span,
          case when n.type not in ('Mention', 'Reply', 'Invitation', 'Like', 'Announce', 'Follow',
              'FollowRequest', 'Post', 'Quote') then 'accept'
            when exists (select from notification_permission y
              where y.actor_id = n.to_id and y.from_actor_id = n.from_id) then 'accept'
            else (%1$s)
            end as verdict
        from (%2$s) as n
          join actor a on a.id = n.to_id and a.host is null
          join actor f on f.id = n.from_id
          left join post p on p.id = n.post
          left join notification_policy y on y.actor_id = n.to_id
        where not exists (select from block b where b.actor_id = n.to_id and b.target_id = n.from_id)
          and not exists (select from mute m where m.actor_id = n.to_id
            and m.target_id = n.from_id and m.notifications
            and (m.expires is null or m.expires > now()))
          and (f.host is null or not exists (select from host_mute h
            where h.actor_id = n.to_id and h.host = f.host))
          and (p.id is null or %3$s and not exists (select from thread_mute t
            where t.actor_id = n.to_id and t.root_id = p.root_id))
      ) as w
      where w.verdict <> 'drop'
      on conflict do nothing
      returning id, actor_id, type, filtered
      ), pushed as (
        insert into push_delivery (subscription_id, notification_id)
        select s.id, told.id from told join push_subscription s on s.actor_id = told.actor_id
        where not told.filtered and told.type = any(s.alerts)
      )
      select id, filtered from told
      """;

  /** What the policy says: the strictest of all that applies. */
  private static final String VERDICT =
      """
      select case when 'drop' = any(v) then 'drop' when 'filter' = any(v) then 'filter'
          else 'accept' end
        from (select array[
          case when y.for_not_following <> 'accept' and not %1$s
            then y.for_not_following end,
          case when y.for_not_followers <> 'accept' and not exists (select from follow l
              where l.actor_id = n.from_id and l.target_id = n.to_id
                and l.state = 'accepted' and l.published < now() - interval '3 days')
            then y.for_not_followers end,
          case when y.for_new_accounts <> 'accept' and not %1$s
              and f.published > now() - interval '30 days'
            then y.for_new_accounts end,
          case when f.limited and not %1$s
            then coalesce(y.for_limited_accounts, 'filter') end,
          case when p.visibility = 'direct'
              and (y.actor_id is not null or f.host is not null)
              and coalesce(y.for_private_mentions, 'filter') <> 'accept' and not %1$s
              and not exists (select from post q
                where q.id = p.in_reply_to_id and q.actor_id = n.to_id)
              and not exists (select from rsvp r join post q on q.id = r.post_id
                where r.actor_id = n.to_id and q.actor_id = n.from_id)
              and not exists (select from poll_vote v join post q on q.id = v.post_id
                where v.actor_id = n.to_id and q.actor_id = n.from_id)
            then coalesce(y.for_private_mentions, 'filter') end] as v) as all_of
      """;

  private static final String FOLLOWING =
      """
      exists (select from follow g where g.actor_id = n.to_id and g.target_id = n.from_id
        and g.state = 'accepted')
      """;

  private static final String GIVEN =
      telling(
          """
          select *, null::bigint as report
          from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[])
            as given (to_id, type, from_id, post)
          """);

  private static final String POSTED =
      telling(
          """
          select l.actor_id as to_id, 'Post' as type, o.actor_id as from_id, o.id as post,
            null::bigint as report
          from post o join follow l on l.target_id = o.actor_id and l.notify
            and l.state = 'accepted'
          where o.id = any($1) and o.in_reply_to is null and o.visibility <> 'direct'
            and o.companion_of is null
          """);

  private static final String EDITED =
      telling(
          """
          select s.actor_id as to_id, 'Update' as type, o.actor_id as from_id, o.id as post,
            null::bigint as report
          from announce s join post o on o.id = s.post_id
          where o.id = $1 and s.actor_id <> o.actor_id and o.updated is not null
          """);

  private static final String POLL_ENDED =
      telling(
          """
          select v.actor_id as to_id, 'Poll' as type, o.actor_id as from_id, o.id as post,
            null::bigint as report
          from post o cross join lateral (
            select o.actor_id union select x.actor_id from poll_vote x where x.post_id = o.id
          ) as v
          where o.id = $1
          """);

  private static final String MODERATORS =
      telling(
          """
          select c.actor_id as to_id, $1::text as type, $2::bigint as from_id,
            null::bigint as post, $3::bigint as report
          from account c where c.actor_id <> $2 and exists (select from granted g
            where g.actor_id = c.actor_id and g.permission = 'MODERATE' and g.group_id is null)
          """);

  private static final String WARNED =
      """
      with told as (
        insert into notification (id, actor_id, type, from_actor_id, measure_id, group_key)
        select n.id, a.id, 'Warning', $2, $3, 'ungrouped-' || n.id
        from nextval('notification_number') as n (id) join actor a on a.id = $1 and a.host is null
        on conflict do nothing
        returning id, actor_id, type, filtered
      ), pushed as (
        insert into push_delivery (subscription_id, notification_id)
        select s.id, told.id from told join push_subscription s on s.actor_id = told.actor_id
        where told.type = any(s.alerts)
      )
      select id, filtered from told
      """;

  private static String telling(String source) {
    return TELL.formatted(
        VERDICT.formatted(FOLLOWING), source, AudienceStore.readableBy("n.to_id"));
  }

  private NotificationStore() {}

  /**
   * Tells a local actor that somebody did something. Nothing is written when the actor is remote,
   * when both are the same, when the one wants nothing of the other, or when it has been told.
   *
   * @param to the actor to tell
   * @param from who did it
   * @param post the post it is about, or null
   */
  public static void tell(Tx tx, long to, Type type, long from, @Nullable Long post) {
    tell(tx, List.of(new News(to, type, from, post)));
  }

  /** Tells several actors, or several things, in one statement. */
  public static void tell(Tx tx, List<News> all) {
    var news = all.stream().filter(one -> one.to() != one.from()).toList();
    if (news.isEmpty()) return;
    told(
        tx,
        GIVEN,
        news.stream().map(News::to).toArray(Long[]::new),
        news.stream().map(one -> one.type().name()).toArray(String[]::new),
        news.stream().map(News::from).toArray(Long[]::new),
        news.stream().map(News::post).toArray(Long[]::new));
  }

  /** Forgets what these people were told of a post, so that they can be told anew. */
  public static void forget(Tx tx, Type type, long post, Collection<Long> people) {
    tx.update(
        "delete from notification where type = $1 and post_id = $2 and actor_id = any($3)",
        type.name(),
        post,
        people.toArray(Long[]::new));
  }

  /** Takes back what people were told of a post that was hidden from them. */
  public static void hidden(Tx tx, long post) {
    tx.update(
        """
        delete from notification n using post p
        where p.id = $1 and n.post_id = p.id and n.actor_id <> p.actor_id
          and n.type not in ('Report', 'SignUp', 'Warning')
        """,
        post);
  }

  /** Whether somebody was told of a post within the last hour. */
  public static boolean justTold(Tx tx, long to, Type type, long post) {
    return Boolean.TRUE.equals(
        tx.one(
            """
            select exists (select from notification where actor_id = $1 and type = $2
              and post_id = $3 and published > now() - interval '1 hour')
            """,
            row -> row.getBoolean(0),
            to,
            type.name(),
            post));
  }

  /** Tells of new posts those who asked to hear of their authors at once. */
  public static void posted(Tx tx, Collection<Long> posts) {
    told(tx, POSTED, (Object) posts.toArray(Long[]::new));
  }

  /** Tells those who shared a post that it was edited, each time anew. */
  public static void edited(Tx tx, long post) {
    tx.update(
        """
        delete from notification n using post p
        where p.id = $1 and n.post_id = p.id and n.type = 'Update' and n.published < p.updated
        """,
        post);
    told(tx, EDITED, post);
  }

  /** Tells everybody here who voted, and the author, that a poll has ended. */
  public static void pollEnded(Tx tx, long post) {
    told(tx, POLL_ENDED, post);
  }

  /**
   * Tells those who moderate.
   *
   * @param type SignUp or Report
   * @param from who signed up or reports
   * @param report the row of {@code report}, or null
   */
  public static void tellModerators(Tx tx, Type type, long from, @Nullable Long report) {
    told(tx, MODERATORS, type.name(), from, report);
  }

  /** Tells somebody of a measure, anew each time that it changes. */
  public static void warn(Tx tx, long to, long from, long measure) {
    tx.update("delete from notification where actor_id = $1 and measure_id = $2", to, measure);
    told(tx, WARNED, to, from, measure);
  }

  private static void told(Tx tx, String sql, @Nullable Object... args) {
    var shown = tx.list(sql, NotificationStore::shown, args);
    for (var id : shown) if (id != 0) tx.signal("note", id);
  }

  private static long shown(Row row) {
    return row.getBoolean("filtered") ? 0 : row.getLong("id");
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.aged(
            "notification",
            "retention.notification",
            Duration.ofDays(180),
            "id",
            "published < now() - :keep"),
        Retention.Table.owned("notification_policy", "retention.notification_policy"),
        Retention.Table.owned("notification_permission", "retention.notification_permission"));
  }

  /** Takes back what was told, because it was undone. */
  public static void untell(Tx tx, long to, Type type, long from, @Nullable Long post) {
    tx.update(
        """
        delete from notification
        where actor_id = $1 and type = $2 and from_actor_id = $3
          and post_id is not distinct from $4
        """,
        to,
        type.name(),
        from,
        post);
  }
}
