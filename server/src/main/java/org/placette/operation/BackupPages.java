package org.placette.operation;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.placette.audit.Audit;
import org.placette.backup.Backups;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.role.Role;
import org.placette.role.Roles;
import org.placette.user.Users;
import org.placette.web.ClientAddress;
import org.placette.web.Form;
import org.placette.web.Permission;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/**
 * A backup for whoever owns the place, after the password was typed once more: whoever has the file
 * can act as this server. One at a time.
 */
public final class BackupPages implements Routes {

  private static final Logger LOG = Logger.getLogger(BackupPages.class.getName());

  private final Db db;
  private final Settings settings;
  private final Backups backups;
  private final Roles roles;
  private final Users users;
  private final StoragePages storage;
  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * @param storage shown again when the password is wrong
   */
  public BackupPages(
      Db db, Settings settings, Backups backups, Roles roles, Users users, StoragePages storage) {
    this.db = db;
    this.settings = settings;
    this.backups = backups;
    this.roles = roles;
    this.users = users;
    this.storage = storage;
  }

  @Override
  public void mount(Router router) {
    router.post(StoragePages.HERE + "/backup").handler(this::download);
  }

  private void download(RoutingContext ctx) {
    var me = Visitor.of(ctx).require(Permission.SETTINGS);
    if (!roles.of(me).contains(Role.OWNER)) throw new Problem.Forbidden("Only owners may do this");
    if (!proves(ctx, me)) {
      var form = Form.empty();
      form.wrong("password", "error.password.wrong");
      storage.show(ctx, form);
      return;
    }
    if (!busy.compareAndSet(false, true))
      throw new Problem.Conflict("Another backup is on its way: try again in a few minutes");
    try {
      db.transact(tx -> Audit.write(tx, me, "backup.download", null, "", ""));
      send(ctx);
    } catch (RuntimeException e) {
      busy.set(false);
      throw e;
    }
  }

  /** The words of a password are taken as they were typed, spaces included. */
  private boolean proves(RoutingContext ctx, long me) {
    var account = users.byId(me);
    var password = ctx.request().getFormAttribute("password");
    return account != null
        && password != null
        && !password.isEmpty()
        && users.signIn(account.username(), password, ClientAddress.of(ctx, settings)) != null;
  }

  private void send(RoutingContext ctx) {
    var name = settings.domain().replaceAll("[^a-z0-9.-]", "-") + "-" + LocalDate.now() + ".backup";
    ctx.response()
        .setChunked(true)
        .putHeader("Content-Type", "application/gzip")
        .putHeader("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .putHeader("Content-Encoding", "identity")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Cache-Control", "private, no-store");
    var out = new ResponseOutput(ctx.vertx().getOrCreateContext(), ctx.response());
    var unused = Thread.ofPlatform().daemon().name("backup").start(() -> write(out));
  }

  private void write(ResponseOutput out) {
    try {
      var summary = backups.write(out);
      out.finish();
      LOG.log(Level.INFO, "A backup of {0} tables was downloaded", summary.rows().size());
    } catch (IOException | RuntimeException e) {
      // Without its end the file is refused by a restore; cut off, the browser says so at once.
      out.abort();
      LOG.log(Level.WARNING, "A backup was not downloaded: {0}", String.valueOf(e));
    } finally {
      busy.set(false);
    }
  }
}
