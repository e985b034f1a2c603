package org.placette.rsvp;

import java.util.List;
import java.util.Objects;
import org.placette.db.Sql;
import org.placette.event.Invitation;

/** All that a page shows of an event's answers, in one query. */
final class InvitationStore {

  private static final int NAMES = 50;

  private InvitationStore() {}

  static Invitation of(Sql sql, long post, long viewer, boolean open, boolean guests) {
    return Objects.requireNonNull(
        sql.one(
            """
            select s.*, r.state, r.party, r.note, r.listed, r.confirm_by
            from (select
                coalesce(sum(party) filter (where state = 'going'), 0)::int as going,
                coalesce(sum(party) filter (where state = 'maybe'), 0)::int as maybe,
                coalesce(sum(party) filter (where state = 'waiting'), 0)::int as waiting,
                coalesce(sum(party) filter (where state = 'requested'), 0)::int as requested,
                (select array_agg(n.name order by n.id) from (
                  select x.id, coalesce(nullif(a.name, ''), a.username, x.guest_name) as name
                  from rsvp x left join actor a on a.id = x.actor_id
                  where x.post_id = $1 and x.state = 'going' and x.listed
                  order by x.id limit $3) as n) as names
              from rsvp where post_id = $1) as s
            left join rsvp r on r.post_id = $1 and r.actor_id = $2
            """,
            row -> {
              var names = row.getArrayOfStrings("names");
              var mine = row.getString("state");
              var until = row.getOffsetDateTime("confirm_by");
              return new Invitation(
                  open,
                  guests,
                  mine,
                  mine == null ? 1 : row.getInteger("party"),
                  row.getString("note"),
                  mine != null && row.getBoolean("listed"),
                  until == null ? null : until.toInstant(),
                  row.getInteger("going"),
                  row.getInteger("maybe"),
                  row.getInteger("waiting"),
                  row.getInteger("requested"),
                  names == null ? List.of() : List.of(names));
            },
            post,
            viewer,
            NAMES));
  }
}
