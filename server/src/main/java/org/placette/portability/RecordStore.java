package org.placette.portability;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.placette.db.Sql;

/**
 * What the tables hold of somebody beside what they wrote and their lists: one file of JSON lines
 * for each kind. Secrets, and what others wrote, stay out. A table that names people and is neither
 * here nor in {@link #LEFT_OUT} fails a test.
 */
final class RecordStore {

  private static final int MANY = 20_000;
  private static final int FEW = 1_000;

  /**
   * One kind.
   *
   * @param name of its file
   * @param tables that it tells of
   * @param most how many rows, the latest first
   * @param query gives rows {@code r} for the actor {@code $1}
   */
  record Kind(String name, Set<String> tables, int most, String query) {

    List<String> read(Sql sql, long actor) {
      return sql.list(
          "select to_jsonb(r)::text from (" + query + ") r limit " + most,
          row -> row.getString(0),
          actor);
    }
  }

  private static Kind kind(String name, String tables, String query) {
    return new Kind(name, Set.of(tables.split(" ")), MANY, query);
  }

  private static final String WHO = "(select uri from actor where id = ";

  static final List<Kind> KINDS =
      List.of(
          kind(
              "shares",
              "announce",
              "select s.published, s.visibility, p.uri from announce s join post p on p.id ="
                  + " s.post_id where s.actor_id = $1 order by s.id desc"),
          new Kind(
              "earlier_versions",
              Set.of(),
              FEW,
              "select p.uri, v.published, v.name, v.summary, v.content from post_revision v"
                  + " join post p on p.id = v.post_id where p.actor_id = $1"
                  + " order by v.published desc"),
          kind(
              "votes",
              "poll_vote",
              "select p.uri, v.choice, v.published from poll_vote v join post p on p.id ="
                  + " v.post_id where v.actor_id = $1 order by v.published desc"),
          kind(
              "answers_to_events",
              "rsvp",
              "select p.uri, p.name, r.state, r.party, r.note, r.door, r.listed, r.checked_in,"
                  + " r.published, r.updated, (select jsonb_build_object('answer', f.answer,"
                  + " 'words', f.words) from event_feedback f where f.rsvp_id = r.id limit 1) as"
                  + " feedback from rsvp r join post p on p.id = r.post_id where r.actor_id = $1"
                  + " order by r.id desc"),
          kind(
              "answers_to_series",
              "series_attendee",
              "select s.uuid, t.party, t.published from series_attendee t join series s on s.id ="
                  + " t.series_id where t.actor_id = $1"),
          kind(
              "answers_to_dates",
              "date_poll_answer",
              "select p.uri, a.choices, a.comment, a.published, a.updated from date_poll_answer a"
                  + " join date_poll d on d.id = a.poll_id join post p on p.id = d.post_id"
                  + " where a.actor_id = $1 order by a.id desc"),
          kind(
              "series",
              "series",
              "select uuid, rule, start_local, timezone, template, published from series"
                  + " where actor_id = $1 order by id desc"),
          kind(
              "drafts",
              "unsent",
              "select fields, saved, due from unsent where actor_id = $1 order by id desc"),
          kind(
              "scheduled",
              "scheduled_post",
              "select due, wanted from scheduled_post where actor_id = $1 order by id desc"),
          kind(
              "filters",
              "filter",
              "select f.title, f.context, f.action, f.expires, (select jsonb_agg(k.keyword order"
                  + " by k.id) from filter_keyword k where k.filter_id = f.id) as keywords from"
                  + " filter f where f.owner_id = $1 order by f.id"),
          kind(
              "hashtags",
              "tag_follow featured_tag",
              "select 'followed' as kind, tag from tag_follow where actor_id = $1 union all"
                  + " select 'shown', tag from featured_tag where actor_id = $1"),
          kind(
              "people",
              "actor_note endorsement suggestion_dismissed notification_permission",
              "select 'note' as kind, "
                  + WHO
                  + "n.target_id) as who, n.note from actor_note n where n.actor_id = $1"
                  + " union all select 'recommended', "
                  + WHO
                  + "e.target_id), null from endorsement e where e.actor_id = $1"
                  + " union all select 'not suggested', "
                  + WHO
                  + "d.target_id), null from suggestion_dismissed d where d.actor_id = $1"
                  + " union all select 'heard although unknown', "
                  + WHO
                  + "m.from_actor_id), null from notification_permission m where m.actor_id = $1"),
          kind(
              "requests_to_follow",
              "follow",
              "select f.published, "
                  + WHO
                  + "f.target_id) as whom from follow f where f.actor_id = $1"
                  + " and f.state <> 'accepted' order by f.id desc"),
          kind(
              "discussions",
              "thread_mute topic_read conversation",
              "select 'muted' as kind, p.uri from thread_mute t join post p on p.id = t.root_id"
                  + " where t.actor_id = $1 union all select 'read', p.uri from topic_read t"
                  + " join post p on p.id = t.root_id where t.actor_id = $1 union all"
                  + " select 'private', p.uri from conversation c join post p on p.id = c.root_id"
                  + " where c.actor_id = $1"),
          kind(
              "pinned",
              "featured",
              "select p.uri, f.published from featured f join post p on p.id = f.post_id"
                  + " where f.actor_id = $1"),
          new Kind(
              "notifications",
              Set.of("notification"),
              5 * FEW,
              "select n.type, n.published, "
                  + WHO
                  + "n.from_actor_id) as whose, p.uri as about from notification n left join post p"
                  + " on p.id = n.post_id where n.actor_id = $1 order by n.id desc"),
          kind(
              "notices",
              "announcement_reaction announcement_read",
              "select a.content, r.name as reaction from announcement_read d join announcement a"
                  + " on a.id = d.announcement_id left join announcement_reaction r on"
                  + " r.announcement_id = a.id and r.actor_id = $1 where d.actor_id = $1"),
          kind(
              "reports",
              "report report_note",
              "select r.published, "
                  + WHO
                  + "r.target_id) as whom, r.objects, r.content, r.category, r.rule_ids, r.state"
                  + " from report r where r.actor_id = $1 order by r.id desc"),
          kind(
              "measures",
              "measure",
              "select m.published, m.action, m.reason, m.excerpt, m.post_uri, m.rule_ids, m.state,"
                  + " m.ended, a.content as appeal, a.answer from measure m left join appeal a on"
                  + " a.measure_id = m.id where m.target_id = $1 and m.state not in ('proposed',"
                  + " 'refused') order by m.id desc"),
          kind(
              "roles",
              "role_grant speaker",
              "select g.role, "
                  + WHO
                  + "g.group_id) as of, g.since from role_grant g where g.actor_id = $1"
                  + " union all select 'speaks for', "
                  + WHO
                  + "s.body_id), s.since from speaker s where s.actor_id = $1"),
          kind(
              "devices",
              "session access_token push_subscription passkey second_factor",
              "select 'browser' as kind, s.user_agent as name, s.created, null::timestamptz as used"
                  + " from session s where s.actor_id = $1 union all select 'app', p.name,"
                  + " t.created, t.last_used from access_token t left join app p on p.id = t.app_id"
                  + " where t.actor_id = $1 and t.revoked is null union all select 'push',"
                  + " split_part(u.endpoint, '/', 3), u.created, null from push_subscription u"
                  + " where u.actor_id = $1 union all select 'passkey', k.label, k.created,"
                  + " k.last_used from passkey k where k.actor_id = $1 union all"
                  + " select 'code from an app', null, f.confirmed, null from second_factor f"
                  + " where f.actor_id = $1"),
          kind(
              "choices",
              "account notice_choice mail_choice notification_policy marker",
              "select to_jsonb(a) - 'password_hash' - 'actor_id' - 'vouched_by' ||"
                  + " jsonb_build_object('vouched_by', "
                  + WHO
                  + "a.vouched_by)) as account, (select to_jsonb(n) - 'secret' - 'actor_id' from"
                  + " notice_choice n where n.actor_id = $1) as letters, (select m.events from"
                  + " mail_choice m where m.actor_id = $1) as event_letters, (select to_jsonb(p) -"
                  + " 'actor_id' from notification_policy p where p.actor_id = $1) as"
                  + " notifications, (select jsonb_agg(to_jsonb(k) - 'actor_id') from marker k"
                  + " where k.actor_id = $1) as read from account a where a.actor_id = $1"),
          kind(
              "brought",
              "import_source invitation sign_up import_line",
              "select 'calendar' as kind, name || ' ' || coalesce(url, '') as what, published from"
                  + " import_source where actor_id = $1 union all select 'invitation', uses_left"
                  + " || ' left', published from invitation where actor_id = $1 union all"
                  + " select 'asked for an account', reason, published from sign_up"
                  + " where actor_id = $1 union all select 'line of a list', kind || ' ' || what,"
                  + " null from import_line where actor_id = $1"),
          new Kind(
              "log",
              Set.of("audit"),
              5 * FEW,
              "select l.published, l.action, l.target, l.detail, l.reason from audit l"
                  + " where l.actor_id = $1 order by l.id desc"));

  /** The tables that name people and are told otherwise, or are nothing of theirs. */
  static final Map<String, String> LEFT_OUT =
      Map.ofEntries(
          Map.entry("activity", "the wire form of what outbox.json has"),
          Map.entry("actor_count", "counted from other tables"),
          Map.entry("actor_key", "secrets"),
          Map.entry("apart", "about events"),
          Map.entry("appeal", "stands with its measure"),
          Map.entry("authorization_code", "secrets of ten minutes"),
          Map.entry("block", "blocked_accounts.csv"),
          Map.entry("bookmark", "bookmarks.json"),
          Map.entry("calendar_link", "a secret"),
          Map.entry("delivery", "the post office of what outbox.json has"),
          Map.entry("event_gone", "who is still to be told that an event was deleted"),
          Map.entry("export", "archives themselves"),
          Map.entry("group_moderator", "of Groups elsewhere"),
          Map.entry("home", "what others wrote"),
          Map.entry("host_mute", "blocked_domains.csv"),
          Map.entry("list", "lists.csv"),
          Map.entry("list_member", "lists.csv"),
          Map.entry("media", "the folder media"),
          Map.entry("mention", "stands in posts"),
          Map.entry("mute", "muted_accounts.csv"),
          Map.entry("neighbour", "of the place"),
          Map.entry("once", "keys of an hour"),
          Map.entry("post", "outbox.json"),
          Map.entry("post_like", "likes.json"),
          Map.entry("quote_stamp", "stands in posts"),
          Map.entry("recovery_code", "secrets"),
          Map.entry("sign_in_step", "secrets of ten minutes"),
          Map.entry("theme", "of Groups"),
          Map.entry("topic", "of Groups"));

  private RecordStore() {}
}
