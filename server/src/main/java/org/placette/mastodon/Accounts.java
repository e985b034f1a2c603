package org.placette.mastodon;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.mastodon.Json.Rendered;
import org.placette.web.Problem;

/**
 * Actors as accounts. Beside each status stands its author; those are kept written for half a
 * minute, so their counts may be that old. An account that is asked for itself is read anew.
 */
public final class Accounts {

  private final Db db;
  private final Look look;
  private final Cache<Long, Rendered> written =
      Caffeine.newBuilder().maximumSize(4_000).expireAfterWrite(Duration.ofSeconds(30)).build();

  public Accounts(Db db, Look look) {
    this.db = db;
    this.look = look;
  }

  /** Forgets what is kept, after a profile was changed here. */
  public void changed() {
    written.invalidateAll();
  }

  /**
   * One account, read anew.
   *
   * @throws Problem.NotFound when there is none
   */
  public Account one(long id) {
    var all = byIds(List.of(id));
    if (all.isEmpty()) throw new Problem.NotFound();
    return all.getFirst();
  }

  /** Accounts in the order of their ids; those that are gone are left out. */
  public List<Account> byIds(Collection<Long> ids) {
    if (ids.isEmpty()) return List.of();
    Map<Long, AccountStore.Found> found = new HashMap<>();
    for (var one : AccountStore.byIds(db, ids, look)) found.put(one.id(), one);
    var successors = successors(found.values());
    List<Account> all = new ArrayList<>();
    for (var id : ids) {
      var one = found.get(id);
      if (one == null) continue;
      var moved = one.moved() == null ? null : successors.get(one.moved());
      all.add(moved == null ? one.account() : withMoved(one.account(), moved));
    }
    return all;
  }

  private Map<Long, Account> successors(Collection<AccountStore.Found> found) {
    var ids = found.stream().map(AccountStore.Found::moved).filter(Objects::nonNull).toList();
    Map<Long, Account> all = new HashMap<>();
    if (ids.isEmpty()) return all;
    for (var one : AccountStore.byIds(db, ids, look)) all.put(one.id(), one.account());
    return all;
  }

  /** Accounts ready to be sent, by id; at most half a minute old. */
  public Map<Long, Rendered> ready(Collection<Long> ids) {
    Map<Long, Rendered> all = new LinkedHashMap<>();
    List<Long> missing = new ArrayList<>();
    for (var id : ids) {
      var known = written.getIfPresent(id);
      if (known == null) missing.add(id);
      else all.put(id, known);
    }
    if (missing.isEmpty()) return all;
    for (var one : AccountStore.byIds(db, missing, look)) {
      var text = Json.render(one.account());
      written.put(one.id(), text);
      all.put(one.id(), text);
    }
    return all;
  }

  /** The addresses that entities show. */
  public Look look() {
    return look;
  }

  private static Account withMoved(Account a, @Nullable Account moved) {
    return new Account(
        a.id(),
        a.username(),
        a.acct(),
        a.displayName(),
        a.locked(),
        a.bot(),
        a.discoverable(),
        a.indexable(),
        a.group(),
        a.createdAt(),
        a.note(),
        a.url(),
        a.uri(),
        a.avatar(),
        a.avatarStatic(),
        a.header(),
        a.headerStatic(),
        a.followersCount(),
        a.followingCount(),
        a.statusesCount(),
        a.lastStatusAt(),
        a.hideCollections(),
        a.noindex(),
        a.emojis(),
        a.roles(),
        a.fields(),
        moved,
        a.suspended(),
        a.limited());
  }
}
