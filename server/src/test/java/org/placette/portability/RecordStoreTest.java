package org.placette.portability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.db.Db;
import org.placette.testing.PgExtension;

/** What an archive tells beside posts and lists. */
@ExtendWith(PgExtension.class)
class RecordStoreTest {

  @Test
  void every_table_that_names_people_is_told_or_left_out_for_a_reason(Db db) {
    var naming =
        db.list(
            """
            select distinct c.conrelid::regclass::text from pg_constraint c
            where c.contype = 'f' and c.confrelid in ('actor'::regclass, 'account'::regclass)
              and c.conrelid::regclass::text <> 'audit'
            """,
            row -> row.getString(0));
    var decided = new TreeSet<>(RecordStore.LEFT_OUT.keySet());
    for (var kind : RecordStore.KINDS) decided.addAll(kind.tables());
    decided.remove("audit");
    assertEquals(new TreeSet<>(naming), decided);
  }

  @Test
  void every_kind_can_be_read_of_anybody(Db db) {
    for (var kind : RecordStore.KINDS) assertEquals(0, kind.read(db, 1).size(), kind.name());
  }
}
