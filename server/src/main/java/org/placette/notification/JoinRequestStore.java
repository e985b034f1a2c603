package org.placette.notification;

import java.util.List;
import org.placette.db.Tx;

/** What those who care for a Group are told of people who ask to join it. */
public final class JoinRequestStore {

  /**
   * Whoever lets members into the Group is told; where nobody does any more, those who do so
   * everywhere here. Duties pass every policy, but not a block or a mute.
   */
  private static final String TELL =
      """
      with carer as (
        select distinct g.actor_id from granted g join theme t on t.actor_id = $2
        where g.permission = 'MEMBERS' and g.actor_id <> $1
          and (g.group_id = $2 or g.group_id is null and not exists (
            select from granted o join actor a on a.id = o.actor_id
            where o.group_id = $2 and o.permission = 'MEMBERS' and o.actor_id <> $1
              and a.suspended_at is null and a.deleted_at is null))
          and exists (select from account c where c.actor_id = g.actor_id)
          and not exists (select from block b where b.actor_id = g.actor_id and b.target_id = $1)
          and not exists (select from mute m where m.actor_id = g.actor_id and m.target_id = $1
            and m.notifications and (m.expires is null or m.expires > now()))
      ), told as (
        insert into notification (id, actor_id, type, from_actor_id, group_id, group_key)
        select n.id, n.actor_id, 'GroupRequest', $1, $2, 'ungrouped-' || n.id
        from (select nextval('notification_number') as id, actor_id from carer) as n
        on conflict do nothing
        returning id, actor_id, type
      ), pushed as (
        insert into push_delivery (subscription_id, notification_id)
        select s.id, told.id from told join push_subscription s on s.actor_id = told.actor_id
        where told.type = any(s.alerts)
      )
      select id from told
      """;

  private JoinRequestStore() {}

  /** Somebody asks to join a Group; nothing happens when it is none of this place's themes. */
  public static void tell(Tx tx, long who, long group) {
    for (var id : tx.list(TELL, row -> row.getLong(0), who, group)) tx.signal("note", id);
  }

  /** It was answered, or taken back. */
  public static void untell(Tx tx, long who, long group) {
    tx.update("delete from notification where group_id = $2 and from_actor_id = $1", who, group);
  }

  /** The Groups that somebody waits to join, as a carer was told who may still decide. */
  public static List<Long> waiting(Tx tx, long carer, long who) {
    return tx.list(
        """
        select n.group_id from notification n join follow f on f.actor_id = n.from_actor_id
          and f.target_id = n.group_id and f.state = 'pending'
        where n.actor_id = $1 and n.from_actor_id = $2 and n.type = 'GroupRequest'
          and exists (select from granted g where g.actor_id = $1 and g.permission = 'MEMBERS'
            and (g.group_id is null or g.group_id = n.group_id))
        """,
        row -> row.getLong(0),
        carer,
        who);
  }
}
