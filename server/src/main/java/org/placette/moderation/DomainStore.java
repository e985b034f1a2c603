package org.placette.moderation;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** The table {@code domain_block}, and what follows from it for actors of those domains. */
final class DomainStore {

  private DomainStore() {}

  static List<DomainLimit> all(Sql sql) {
    return sql.list(
        """
        select domain, severity, reject_media, reject_reports, public_comment, obfuscate,
          coalesce(reason, '') from domain_block order by domain
        """,
        row ->
            new DomainLimit(
                row.getString(0),
                DomainLimit.Severity.valueOf(
                    Objects.requireNonNull(row.getString(1)).toUpperCase(Locale.ROOT)),
                row.getBoolean(2),
                row.getBoolean(3),
                row.getString(4),
                row.getBoolean(5),
                row.getString(6)));
  }

  static void put(Tx tx, String domain, DomainLimit limit) {
    tx.run(
        """
        insert into domain_block (domain, severity, reject_media, reject_reports, public_comment,
          obfuscate, reason) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (domain) do update set severity = excluded.severity,
          reject_media = excluded.reject_media, reject_reports = excluded.reject_reports,
          public_comment = excluded.public_comment, obfuscate = excluded.obfuscate,
          reason = excluded.reason
        """,
        domain,
        limit.severity().word(),
        limit.rejectMedia(),
        limit.rejectReports(),
        limit.publicComment(),
        limit.obfuscate(),
        limit.reason());
  }

  static boolean remove(Tx tx, String domain) {
    return tx.update("delete from domain_block where domain = $1", domain) > 0;
  }

  /** Limits everybody whose server is limited now, and those no more whose server is not. */
  static void apply(Tx tx) {
    tx.update(
        """
        with host as (
          select h.host, split_part(h.host, ':', 1) as name
          from (select distinct host from actor where host is not null) h
        ), wanted as (
          select h.host, coalesce(bool_or(d.severity = 'silence'), false) as limited,
            coalesce(bool_or(d.severity = 'suspend'), false) as suspended
          from host h left join domain_block d
            on h.name = d.domain or h.name like '%.' || d.domain
          group by h.host
        )
        update actor a set limited_by_domain = w.limited, suspended_by_domain = w.suspended
            and (a.suspended_at is null or a.suspended_by_domain),
          suspended_at = case when w.suspended then coalesce(a.suspended_at, now())
            when a.suspended_by_domain then null else a.suspended_at end
        from wanted w where a.host = w.host
          and (a.limited_by_domain <> w.limited
            or w.suspended and a.suspended_at is null or not w.suspended and a.suspended_by_domain)
        """);
  }
}
