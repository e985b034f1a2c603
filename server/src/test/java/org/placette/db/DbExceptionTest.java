package org.placette.db;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.VertxException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class DbExceptionTest {

  @Test
  void a_database_whose_host_is_gone_is_away_and_a_mistake_of_ours_is_none() {
    assertTrue(of(new VertxException("Timeout waiting for connection")).isAway());
    assertTrue(of(new UnknownHostException("database")).isAway());
    assertFalse(of(new VertxException("Parameter at position[0] is no number")).isAway());
  }

  private static DbException of(Throwable cause) {
    return new DbException("select 1", cause);
  }
}
