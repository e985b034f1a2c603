package org.placette.poll;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.post.Poll;

/** The rows of {@code poll_vote} and {@code poll_task}, and the totals in {@code post.poll}. */
final class PollStore {

  private PollStore() {}

  /** What somebody chose, by position. */
  static List<Integer> choices(Sql sql, long post, long actor) {
    return sql.list(
        "select choice from poll_vote where post_id = $1 and actor_id = $2 order by choice",
        row -> row.getInteger(0),
        post,
        actor);
  }

  /**
   * Counts votes once; the post must be locked.
   *
   * @param uris the id of each vote, in the order of the choices
   * @return false when none of them is new
   */
  static boolean vote(Tx tx, long post, long actor, List<Integer> choices, List<String> uris) {
    var first = choices(tx, post, actor).isEmpty();
    var counted = put(tx, post, actor, choices, uris);
    if (counted.isEmpty()) return false;
    if (tally(tx, post)) return true;
    tx.update(
        """
        update post p set poll = (
          select jsonb_set(jsonb_set(p.poll, '{options}', jsonb_agg(
              case when o.n - 1 = any($2::int[])
                then jsonb_set(o.v, '{votes}', to_jsonb(coalesce((o.v->>'votes')::int, 0) + 1))
                else o.v end order by o.n)),
            '{voters}', to_jsonb(coalesce((p.poll->>'voters')::int, 0) + $3::int))
          from jsonb_array_elements(p.poll->'options') with ordinality as o(v, n))
        where p.id = $1
        """,
        post,
        counted.toArray(Integer[]::new),
        first ? 1 : 0);
    return true;
  }

  /**
   * Counts the votes of a poll that is held in a way of its own: totals that are hidden stay at
   * nought until it is closed, and votes from elsewhere are counted apart where only residents
   * count.
   *
   * @return false when it is held as every poll is; nothing was done then
   */
  static boolean tally(Tx tx, long post) {
    return tx.update(
            """
            with held as (
              select p.id, coalesce((p.poll->'ballot'->>'residents')::boolean, false) as residents,
                coalesce((p.poll->'ballot'->>'hidden')::boolean, false)
                  and p.poll->>'closed' is null as sealed
              from post p where p.id = $1 and p.poll ? 'ballot'
            ), given as (
              select v.choice, v.actor_id, not held.residents or a.host is null as counts
              from held join poll_vote v on v.post_id = held.id join actor a on a.id = v.actor_id
            ), line as (
              select o.n, o.v, count(g.choice) filter (where g.counts) as votes,
                count(g.choice) filter (where not g.counts) as outside
              from post p, jsonb_array_elements(p.poll->'options') with ordinality as o(v, n)
                left join given g on g.choice = o.n - 1
              where p.id = $1 group by o.n, o.v
            )
            update post p set poll = jsonb_set(jsonb_set(jsonb_set(p.poll,
                '{options}', (select jsonb_agg(jsonb_set(line.v, '{votes}',
                  to_jsonb(case when held.sealed then 0 else line.votes end)) order by line.n)
                  from line)),
                '{voters}', to_jsonb((select count(distinct actor_id) from given where counts))),
                '{ballot,outside}', (select jsonb_agg(
                  case when held.sealed then 0 else line.outside end order by line.n) from line))
            from held where p.id = held.id
            """,
            post)
        > 0;
  }

  /** Writes votes without counting them; gives those that are new. */
  static List<Integer> put(Tx tx, long post, long actor, List<Integer> choices, List<String> uris) {
    return tx.list(
        """
        insert into poll_vote (post_id, actor_id, choice, uri)
        select $1, $2, v.choice, v.uri from unnest($3::int[], $4::text[]) as v(choice, uri)
        on conflict do nothing returning choice
        """,
        row -> row.getInteger(0),
        post,
        actor,
        choices.toArray(Integer[]::new),
        uris.toArray(String[]::new));
  }

  /** Takes back what somebody chose; nothing is counted. */
  static void forget(Tx tx, long post, long actor) {
    tx.update("delete from poll_vote where post_id = $1 and actor_id = $2", post, actor);
  }

  /**
   * A poll that its author asks anew: other options lose their votes, the same ones keep them.
   *
   * @param before null when it was none
   */
  static void asked(Tx tx, long post, @Nullable Poll before, Poll now) {
    if (before == null || !names(before).equals(names(now)) || before.multiple() != now.multiple())
      tx.update("delete from poll_vote where post_id = $1", post);
    tx.update(
        """
        update post p set poll = (
          select jsonb_set(jsonb_set(p.poll, '{options}', jsonb_agg(
              jsonb_set(o.v, '{votes}', to_jsonb((select count(*) from poll_vote v
                where v.post_id = p.id and v.choice = o.n - 1))) order by o.n)),
            '{voters}', to_jsonb((select count(distinct v.actor_id) from poll_vote v
              where v.post_id = p.id)))
          from jsonb_array_elements(p.poll->'options') with ordinality as o(v, n))
        where p.id = $1
        """,
        post);
    var unused = tally(tx, post);
    end(tx, post, now.endTime());
  }

  /** Writes totals as they are given. */
  static void recount(Tx tx, long post, List<Integer> votes, int voters) {
    tx.update(
        """
        update post p set poll = (
          select jsonb_set(jsonb_set(p.poll, '{options}', jsonb_agg(
              jsonb_set(o.v, '{votes}', to_jsonb(($2::int[])[o.n])) order by o.n)),
            '{voters}', to_jsonb($3::int))
          from jsonb_array_elements(p.poll->'options') with ordinality as o(v, n))
        where p.id = $1 and p.poll is not null
        """,
        post,
        votes.toArray(Integer[]::new),
        voters);
  }

  private static List<String> names(Poll poll) {
    return poll.options().stream().map(Poll.Option::name).toList();
  }

  /** Remembers when a poll ends; null for never. */
  static void end(Tx tx, long post, @Nullable Instant end) {
    if (end == null) return;
    tx.update(
        """
        insert into poll_task (post_id, kind, due) values ($1, 'end', $2)
        on conflict (post_id, kind) do update set due = excluded.due
        """,
        post,
        end);
  }

  /** Remembers that a poll of another server has ended, if somebody voted in it. */
  static void endVoted(Tx tx, long post) {
    tx.update(
        """
        insert into poll_task (post_id, kind, due)
        select $1, 'end', now() where exists (select from poll_vote where post_id = $1)
        on conflict (post_id, kind) do update set due = excluded.due
        """,
        post);
  }

  /** Remembers that new totals are to be told; those who wait already come along. */
  static void totals(Tx tx, long post, Instant due) {
    tx.update(
        "insert into poll_task (post_id, kind, due) values ($1, 'totals', $2) on conflict do"
            + " nothing",
        post,
        due);
  }

  /** Something to be done about a poll. */
  record Task(long post, boolean end) {}

  /** Takes what is due out of the list; whoever rolls back puts it back. */
  static List<Task> take(Tx tx) {
    return tx.list(
        """
        delete from poll_task t using (
          select post_id, kind from poll_task where due <= now()
          order by due limit 10 for update skip locked) as d
        where t.post_id = d.post_id and t.kind = d.kind
        returning t.post_id, t.kind
        """,
        row -> new Task(row.getLong(0), row.getString(1).equals("end")));
  }

  /** Closes a poll; what was hidden shows. */
  static void close(Tx tx, long post, Instant when) {
    tx.update(
        "update post set poll = jsonb_set(poll, '{closed}', to_jsonb($2::text)) where id = $1",
        post,
        when.toString());
    var unused = tally(tx, post);
  }

  /** Everybody who voted, but for the author. */
  static List<Long> voters(Sql sql, long post) {
    return new ArrayList<>(
        sql.list(
            "select distinct actor_id from poll_vote where post_id = $1",
            row -> row.getLong(0),
            post));
  }

  static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("poll_vote", "retention.poll_vote"),
        Retention.Table.owned("poll_task", "retention.poll_task"));
  }
}
