package org.placette.post;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Tx;
import org.placette.feed.ConversationStore;
import org.placette.feed.FeedStore;

/** How new posts become rows: many in one statement, since most of its cost does not grow. */
final class NewPostStore {

  private NewPostStore() {}

  /**
   * A post that was just stored.
   *
   * @param answered who wrote what it answers, if that is known here
   * @param mentioned the local actors that it mentions
   */
  record Stored(Post post, @Nullable Long answered, List<Long> mentioned) {

    /** The same with the post as it is now. */
    Stored anew(Tx tx) {
      var now = Objects.requireNonNull(PostStore.byId(tx, post.id()));
      return new Stored(now, answered, mentioned);
    }
  }

  /**
   * Writes new posts with their mentions, tags and places in their threads; posts that were waiting
   * for one become its replies; each is shown to the people here whom it concerns.
   *
   * @param drafts by the ids to store them under; no two of one uri, and none that answers another
   *     or the same as another
   * @return by id; those are missing whose uri or id is stored already or whose uri was deleted
   */
  static Map<Long, Stored> insert(Tx tx, Map<Long, Draft> drafts) {
    Map<Long, Stored> all = new LinkedHashMap<>();
    for (var row : tx.run(INSERT, arguments(List.copyOf(drafts.entrySet())))) {
      var id = row.getLong(0);
      var stored = stored(row, Objects.requireNonNull(drafts.get(id)));
      var adopted = row.getArrayOfLongs(8);
      if (adopted != null && adopted.length > 0) adopt(tx, stored.post(), adopted);
      all.put(id, stored);
    }
    if (!all.isEmpty()) FeedStore.posted(tx, all.keySet());
    converse(tx, all.values());
    Preview.want(tx, all.keySet(), drafts);
    return all;
  }

  /** Those who waited for it belong to its thread now, and are counted as far as may be told. */
  private static void adopt(Tx tx, Post above, Long[] adopted) {
    tx.update(
        "update post set root_id = $1 where root_id = any($2) and id <> $1",
        above.rootId(),
        adopted);
    tx.update(
        """
        update post p set replies_count = (select count(*) from post o
          where o.in_reply_to_id = p.id and counts_below(o.visibility, p.visibility))
        where p.id = $1
        """,
        above.id());
  }

  private static void converse(Tx tx, Collection<Stored> all) {
    var direct =
        all.stream()
            .map(Stored::post)
            .filter(post -> post.visibility() == Visibility.DIRECT)
            .map(Post::id)
            .toList();
    if (!direct.isEmpty()) ConversationStore.posted(tx, direct);
  }

  private static final String INSERT =
      """
      with g as (
        select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[],
            $6::text[], $7::text[], $8::text[], $9::text[], $10::boolean[], $11::text[],
            $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[],
            $18::bigint[], $19::bigint[], $20::timestamptz[], $21::timestamptz[])
          as given (id, uri, url, type, actor_id, name, summary, content, language, sensitive,
            visibility, in_reply_to, context, attachment, tag, poll, quote, companion_of, root_id,
            published, updated)
      ), audience as (
        select distinct on (at.post) at.post, a.id
        from unnest($22::bigint[], $23::text[]) with ordinality as at (post, uri, place)
          join g on g.id = at.post
          join actor a on a.uri = at.uri
            and (a.type = 'Group' or a.type = 'Application' and g.visibility = 'ring')
        order by at.post, at.place
      ), p as (
        insert into post (id, uri, url, type, actor_id, audience_id, name, summary, content,
          language, sensitive, visibility, in_reply_to, in_reply_to_id, root_id, context,
          attachment, tag, poll, quote, companion_of, published, updated, replies_count, local)
        select g.id, g.uri, g.url, g.type, g.actor_id, audience.id, g.name, g.summary, g.content,
          g.language, g.sensitive, g.visibility, g.in_reply_to, parent.id,
          coalesce(parent.root_id, g.root_id, (select t.root_id from tombstone t
            where parent.id is null and t.uri = g.in_reply_to), g.id),
          coalesce(g.context, parent.context),
          g.attachment::jsonb, g.tag::jsonb, g.poll::jsonb, g.quote, g.companion_of, g.published,
          g.updated,
          (select count(*) from post o where o.in_reply_to = g.uri and o.in_reply_to_id is null),
          (select host is null from actor where actor.id = g.actor_id)
        from g left join post_alias also on also.uri = g.in_reply_to
          left join post parent on parent.id = coalesce(also.post_id,
            (select named.id from post named where named.uri = g.in_reply_to))
          left join audience on audience.post = g.id
        where not exists (select from tombstone t where t.uri = g.uri)
        on conflict do nothing
        returning id, uri, actor_id, audience_id, in_reply_to_id, root_id, context, replies_count,
          visibility
      ), m as (
        insert into mention (post_id, actor_id)
        select p.id, a.id from unnest($24::bigint[], $25::text[]) as named (post, uri)
          join p on p.id = named.post join actor a on a.uri = named.uri
        on conflict do nothing
        returning post_id, actor_id
      ), t as (
        insert into post_tag (post_id, tag)
        select p.id, word.tag from unnest($26::bigint[], $27::text[]) as word (post, tag)
          join p on p.id = word.post
        on conflict do nothing
      ), c as (
        update post set replies_count = post.replies_count + 1
        from p where post.id = p.in_reply_to_id and counts_below(p.visibility, post.visibility)
      ), o as (
        update post set in_reply_to_id = p.id
        from p where p.replies_count > 0
          and post.in_reply_to = p.uri and post.in_reply_to_id is null
        returning post.id, p.id as parent
      )
      select p.id, p.audience_id, p.in_reply_to_id, p.root_id, p.context, p.replies_count,
        (select parent.actor_id from post parent where parent.id = p.in_reply_to_id),
        (select array_agg(a.id) from m join actor a on a.id = m.actor_id
          where m.post_id = p.id and a.host is null),
        (select array_agg(o.id) from o where o.parent = p.id)
      from p
      """;

  private static @Nullable Object[] arguments(List<Map.Entry<Long, Draft>> all) {
    return new @Nullable Object[] {
      all.stream().map(Map.Entry::getKey).toArray(Long[]::new),
      texts(all, Draft::uri),
      texts(all, Draft::url),
      texts(all, Draft::type),
      numbers(all, Draft::actorId),
      texts(all, draft -> draft.words().name()),
      texts(all, draft -> draft.words().summary()),
      texts(all, draft -> draft.words().content()),
      texts(all, draft -> draft.words().language()),
      all.stream().map(one -> one.getValue().words().sensitive()).toArray(Boolean[]::new),
      texts(all, draft -> draft.addressing().visibility().word()),
      texts(all, Draft::inReplyTo),
      texts(all, Draft::context),
      texts(all, draft -> PostJson.attachments(draft.attachment()).toString()),
      texts(all, draft -> PostJson.tags(draft.tag()).toString()),
      texts(all, draft -> draft.poll() == null ? null : poll(draft.poll())),
      texts(all, Draft::quote),
      numbers(all, Draft::companionOf),
      numbers(all, Draft::root),
      times(all, Draft::published),
      times(all, Draft::updated),
      ids(all, draft -> draft.addressing().groups()),
      flat(all, draft -> draft.addressing().groups()),
      ids(all, draft -> draft.addressing().mentioned()),
      flat(all, draft -> draft.addressing().mentioned()),
      ids(all, NewPostStore::hashtags),
      flat(all, NewPostStore::hashtags)
    };
  }

  private static @Nullable String poll(Poll poll) {
    return Objects.toString(PostJson.poll(poll), null);
  }

  static List<String> hashtags(Draft draft) {
    return draft.tag().stream().filter(Tag::hashtag).map(Tag::word).toList();
  }

  private static String[] texts(
      List<Map.Entry<Long, Draft>> all, Function<Draft, @Nullable String> of) {
    return all.stream().map(one -> of.apply(one.getValue())).toArray(String[]::new);
  }

  private static Long[] numbers(
      List<Map.Entry<Long, Draft>> all, Function<Draft, @Nullable Long> of) {
    return all.stream().map(one -> of.apply(one.getValue())).toArray(Long[]::new);
  }

  private static OffsetDateTime[] times(
      List<Map.Entry<Long, Draft>> all, Function<Draft, @Nullable Instant> of) {
    return all.stream()
        .map(one -> of.apply(one.getValue()))
        .map(time -> time == null ? null : time.atOffset(ZoneOffset.UTC))
        .toArray(OffsetDateTime[]::new);
  }

  /** The id of a post as often as the post has one of the words that {@link #flat} gives. */
  private static Long[] ids(List<Map.Entry<Long, Draft>> all, Function<Draft, List<String>> of) {
    List<Long> ids = new ArrayList<>();
    for (var one : all) for (var unused : of.apply(one.getValue())) ids.add(one.getKey());
    return ids.toArray(Long[]::new);
  }

  private static String[] flat(List<Map.Entry<Long, Draft>> all, Function<Draft, List<String>> of) {
    return all.stream().flatMap(one -> of.apply(one.getValue()).stream()).toArray(String[]::new);
  }

  private static Stored stored(Row row, Draft draft) {
    var words = draft.words();
    var updated = draft.updated();
    var post =
        new Post(
            row.getLong(0),
            draft.uri(),
            draft.url(),
            draft.type(),
            draft.actorId(),
            row.getLong(1),
            words.name(),
            words.summary(),
            words.content(),
            words.language(),
            words.sensitive(),
            draft.addressing().visibility(),
            draft.inReplyTo(),
            row.getLong(2),
            row.getLong(3),
            row.getString(4),
            draft.attachment(),
            draft.tag(),
            draft.poll(),
            draft.quote(),
            null,
            null,
            draft.companionOf(),
            draft.published().truncatedTo(ChronoUnit.MICROS),
            updated == null ? null : updated.truncatedTo(ChronoUnit.MICROS),
            0,
            0,
            row.getInteger(5));
    var mentioned = row.getArrayOfLongs(7);
    return new Stored(
        post, row.getLong(6), mentioned == null ? List.of() : Arrays.asList(mentioned));
  }

  /**
   * Writes one new post; {@link #insert(Tx, Map)} says what that means.
   *
   * @param id the id to try first; another is taken when two posts of one moment collide
   * @return null when its uri is stored already or was deleted
   */
  static @Nullable Stored insert(Tx tx, long id, Draft draft) {
    for (int attempt = 0; attempt < 5; attempt++) {
      var tried = attempt == 0 ? id : Ids.at(draft.published());
      var stored = insert(tx, Map.of(tried, draft)).get(tried);
      if (stored != null) return stored;
      if (PostStore.byUri(tx, draft.uri()) != null || PostStore.isDeleted(tx, draft.uri()))
        return null;
    }
    throw new IllegalStateException("no free id for " + draft.uri());
  }
}
