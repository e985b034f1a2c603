-- Those who care for a Group are told who asks to join it.
alter table notification add column group_id bigint references actor on delete cascade;
create index notification_group_id on notification (group_id) where group_id is not null;
alter table notification drop constraint notification_once;
alter table notification add constraint notification_once
  unique nulls not distinct
    (actor_id, type, from_actor_id, post_id, report_id, measure_id, group_id);

-- Told as soon as somebody speaks to one; woken are the apps that wish to hear of requests.
update notice_choice set
  now_types = case when 'Mention' = any(now_types)
    then array_append(now_types, 'GroupRequest') else now_types end,
  daily_types = case when 'Mention' = any(daily_types)
    then array_append(daily_types, 'GroupRequest') else daily_types end,
  weekly_types = case when 'Mention' = any(weekly_types)
    then array_append(weekly_types, 'GroupRequest') else weekly_types end;
update push_subscription set alerts = array_append(alerts, 'GroupRequest')
  where session_hash is null and 'FollowRequest' = any(alerts)
    or session_hash is not null and 'Mention' = any(alerts);
