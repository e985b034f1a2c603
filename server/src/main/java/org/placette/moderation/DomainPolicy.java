package org.placette.moderation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.WebUrl;
import org.placette.web.Problem;

/**
 * Blocked domains, their subdomains included, compared in one canonical form (T31). Asked before
 * every key, delivery and fetch, so it answers from memory; a change in another process counts
 * within ten seconds. Thread-safe.
 */
public final class DomainPolicy implements Predicate<String> {

  private final Db db;
  private final Cache<String, Set<String>> domains =
      Caffeine.newBuilder().maximumSize(1).expireAfterWrite(Duration.ofSeconds(10)).build();

  /**
   * A blocked domain.
   *
   * @param reason for the moderators; null when none was given
   */
  public record Blocked(String domain, @Nullable String reason) {}

  public DomainPolicy(Db db) {
    this.db = db;
  }

  /**
   * True when the host or a domain above it is blocked. A host that has no canonical form is
   * refused elsewhere and is not blocked here.
   *
   * @param host with or without a port, in any spelling
   */
  public boolean blocked(String host) {
    var all = all();
    if (all.isEmpty()) return false;
    var name = canonical(host);
    while (name != null && !name.isEmpty()) {
      if (all.contains(name)) return true;
      var dot = name.indexOf('.');
      name = dot < 0 ? null : name.substring(dot + 1);
    }
    return false;
  }

  /**
   * Never loaded inside the cache: it holds a lock meanwhile, and a handler that waits for the
   * database under a lock that the next handler wants stops its whole verticle for ever.
   */
  private Set<String> all() {
    var known = domains.getIfPresent("");
    if (known != null) return known;
    var loaded = ModerationStore.domains(db);
    domains.put("", loaded);
    return loaded;
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
    ModerationStore.blockDomain(db, required(domain), reason);
    domains.invalidateAll();
  }

  /** Takes the block of exactly this domain back. */
  public void unblock(String domain) {
    ModerationStore.unblockDomain(db, required(domain));
    domains.invalidateAll();
  }

  /** Every blocked domain, by name. */
  public List<Blocked> list() {
    return ModerationStore.listDomains(db);
  }

  private static String required(String domain) {
    var name = canonical(domain.strip());
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
