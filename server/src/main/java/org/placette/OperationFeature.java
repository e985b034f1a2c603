package org.placette;

import java.util.List;
import java.util.Objects;
import org.placette.backup.Backups;
import org.placette.cli.Placette;
import org.placette.operation.BackupPages;
import org.placette.operation.DeliveryPages;
import org.placette.operation.DoctorPages;
import org.placette.operation.NeighbourPages;
import org.placette.operation.NumberPages;
import org.placette.operation.StoragePages;
import org.placette.outbox.Queues;
import org.placette.web.Pages;
import org.placette.web.Routes;

/** The wiring of what those who run the server look at. */
final class OperationFeature implements Feature {

  private final Neighbourhood here;

  OperationFeature(Neighbourhood here) {
    this.here = here;
  }

  @Override
  public List<Routes> pages(Pages pages) {
    var db = here.db;
    var settings = here.settings;
    var queues = new Queues(db, here::wakeDeliveries);
    var backups = new Backups(db, settings, Placette.version());
    var storage =
        new StoragePages(db, settings, backups, here.roles, here.remoteMedia::figures, pages);
    return List.of(
        new NeighbourPages(db, here.actors, here.instance, here.neighbours, here.peers, pages),
        new DeliveryPages(queues, () -> Objects.requireNonNull(here.inbox), pages),
        new DoctorPages(db, settings, here.actors, here.documents.http(), pages),
        storage,
        new BackupPages(db, settings, backups, here.roles, here.users, storage),
        new NumberPages(here.numbers, pages));
  }

  @Override
  public void start() {
    Objects.requireNonNull(here.inbox).whenHeard(here.peers::heard);
  }
}
