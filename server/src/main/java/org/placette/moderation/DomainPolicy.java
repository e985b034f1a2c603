package org.placette.moderation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.SettingStore;
import org.placette.db.Tx;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.WebUrl;
import org.placette.web.Problem;
import org.placette.web.Withheld;

/**
 * What is limited of other servers, their subdomains included, compared in one canonical form
 * (T31). Asked before every key, delivery and fetch, so it answers from memory; a change in another
 * process counts within ten seconds. Thread-safe.
 */
public final class DomainPolicy implements Predicate<String>, Withheld {

  private static final String SHOWN = "domains.shown";
  private static final String SHARED = "domains.ring";

  private final Db db;
  private final Cache<String, Map<String, DomainLimit>> domains =
      Caffeine.newBuilder().maximumSize(1).expireAfterWrite(Duration.ofSeconds(10)).build();

  /** What was loaded last, however long ago. */
  private volatile @Nullable Map<String, DomainLimit> last;

  private volatile int edition;

  public DomainPolicy(Db db) {
    this.db = db;
  }

  /**
   * True when nothing is exchanged with the host or a domain above it. A host that has no canonical
   * form is refused elsewhere and is not blocked here.
   *
   * @param host with or without a port, in any spelling
   */
  public boolean blocked(String host) {
    return limited(host, DomainLimit::suspends);
  }

  /** True when no pictures of the host are fetched. */
  public boolean mediaOff(String host) {
    return limited(host, limit -> limit.suspends() || limit.rejectMedia());
  }

  @Override
  public boolean withholds(String url) {
    if (all().isEmpty()) return false;
    try {
      var host = URI.create(url).getHost();
      return host != null && mediaOff(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public int edition() {
    var unused = all();
    return edition;
  }

  /** True when the host's reports are refused. */
  public boolean reportsOff(String host) {
    return limited(host, limit -> limit.suspends() || limit.rejectReports());
  }

  /** Reads the list, so that nobody has to inside a transaction. */
  public void load() {
    var unused = all();
  }

  private boolean limited(String host, Predicate<DomainLimit> how) {
    var all = all();
    if (all.isEmpty()) return false;
    var name = canonical(host);
    while (name != null && !name.isEmpty()) {
      var limit = all.get(name);
      if (limit != null && how.test(limit)) return true;
      var dot = name.indexOf('.');
      name = dot < 0 ? null : name.substring(dot + 1);
    }
    return false;
  }

  /**
   * Never loaded inside the cache: it holds a lock meanwhile, and a handler that waits for the
   * database under a lock that the next handler wants stops its whole verticle for ever.
   */
  private Map<String, DomainLimit> all() {
    var known = domains.getIfPresent("");
    if (known != null) return known;
    var before = last;
    if (before != null && db.isInside()) return before;
    Map<String, DomainLimit> loaded = new HashMap<>();
    for (var one : DomainStore.all(db)) loaded.put(one.domain(), one);
    domains.put("", loaded);
    edition =
        loaded.values().stream()
            .filter(one -> one.suspends() || one.rejectMedia())
            .mapToInt(one -> one.domain().hashCode())
            .sum();
    last = loaded;
    return loaded;
  }

  private void forget() {
    domains.invalidateAll();
    last = null;
  }

  @Override
  public boolean test(String host) {
    return blocked(host);
  }

  /**
   * Blocks a domain with everything below it.
   *
   * @throws Problem.BadRequest when it is no host name
   */
  public void block(String domain, @Nullable String reason) {
    var why = reason == null ? "" : reason;
    db.transact(tx -> put(tx, List.of(DomainLimit.suspend(domain, why))));
  }

  /** Takes the limit of exactly this domain back. */
  public void unblock(String domain) {
    db.transact(tx -> remove(tx, domain));
  }

  /**
   * Sets limits; each replaces what was said of its domain. Those who come from there are limited
   * with it from this moment.
   *
   * @throws Problem.BadRequest when one is no host name
   */
  public void put(Tx tx, List<DomainLimit> limits) {
    for (var one : limits) DomainStore.put(tx, required(one.domain()), one);
    DomainStore.apply(tx);
    tx.afterCommit(this::forget);
  }

  /** The same for the end of one; false when there was none. */
  public boolean remove(Tx tx, String domain) {
    var removed = DomainStore.remove(tx, required(domain));
    DomainStore.apply(tx);
    tx.afterCommit(this::forget);
    return removed;
  }

  /** Whether everybody may read what is limited. */
  public boolean isShown() {
    return !"no".equals(SettingStore.get(db, SHOWN));
  }

  static void show(Tx tx, boolean shown) {
    SettingStore.put(tx, SHOWN, shown ? "yes" : "no");
  }

  /** Whether those who moderate at the ring's neighbours may read it, reasons included. */
  public boolean isSharedInRing() {
    return "yes".equals(SettingStore.get(db, SHARED));
  }

  static void share(Tx tx, boolean shared) {
    SettingStore.put(tx, SHARED, shared ? "yes" : "no");
  }

  /** What everybody may read of what is limited, with the name as it may be told. */
  public List<DomainLimit> shown() {
    if (!isShown()) return List.of();
    return list().stream().filter(one -> one.severity() != DomainLimit.Severity.NOOP).toList();
  }

  /** Everything that is limited, by name. */
  public List<DomainLimit> list() {
    return DomainStore.all(db);
  }

  /** The canonical form of a domain without a port; null when it is none. */
  static @Nullable String name(String domain) {
    var name = canonical(domain.strip());
    return name == null || name.isEmpty() ? null : name;
  }

  private static String required(String domain) {
    var name = name(domain);
    if (name == null) throw new Problem.BadRequest("not a domain: " + domain);
    return name;
  }

  /** The host alone: a block of a name means every port of it. */
  private static @Nullable String canonical(String host) {
    try {
      var authority = WebUrl.host(host);
      var colon = authority.indexOf(':', Math.max(0, authority.lastIndexOf(']')));
      return colon < 0 ? authority : authority.substring(0, colon);
    } catch (FetchProblem e) {
      return null;
    }
  }
}
