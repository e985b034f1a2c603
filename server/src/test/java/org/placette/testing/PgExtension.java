package org.placette.testing;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.placette.db.Database;
import org.placette.db.Db;

/**
 * Gives each test class a database of its own with the whole schema. A parameter of type {@link
 * Db}, {@link Database} or {@link TestDatabases} (for tests of two villages) is all a test needs.
 *
 * <p>One PostgreSQL serves the whole run: our own, or the one that the environment variable {@code
 * PLACETTE_TEST_DATABASE_URL} (or the system property of that name) points to, whose role must be
 * allowed to create databases.
 */
public final class PgExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(PgExtension.class);

  private record PerClass(Database database, Db db) {}

  @Override
  public void beforeAll(ExtensionContext context) {
    if (existing(context) != null) return;
    var databases = TestDatabases.of(context);
    var database = databases.fresh();
    context
        .getStore(NAMESPACE)
        .put("class", new PerClass(database, Db.open(databases.vertx(), database, 6)));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    var own = context.getStore(NAMESPACE).remove("class", PerClass.class);
    if (own == null) return;
    own.db().close();
    TestDatabases.of(context).drop(own.database());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == Db.class || type == Database.class || type == TestDatabases.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    if (type == TestDatabases.class) return TestDatabases.of(context);
    var own = existing(context);
    if (own == null) throw new IllegalStateException("PgExtension has not seen this class");
    return type == Db.class ? own.db() : own.database();
  }

  private static @Nullable PerClass existing(ExtensionContext context) {
    return context.getStore(NAMESPACE).get("class", PerClass.class);
  }
}
