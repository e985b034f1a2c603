package org.placette.place;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.event.Place;
import org.placette.text.Degrees;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.View;
import org.placette.web.Visitor;

/** The list of places, their pages and their form; animators edit them. */
public final class PlacePages implements Routes {

  private final Places places;
  private final Pages pages;

  public PlacePages(Places places, Pages pages) {
    this.places = places;
    this.pages = pages;
  }

  /** The list. */
  public record Page(List<VillagePlace> places, boolean mayEdit) {}

  /** One place. */
  public record One(VillagePlace place, boolean mayEdit) {}

  /**
   * The form.
   *
   * @param id of the place that is changed; 0 for a new one
   */
  public record FormPage(Form form, long id) {
    public String action() {
      return id == 0 ? "/places" : "/places/" + id + "/edit";
    }
  }

  /** Whether somebody keeps the village's lists. */
  public static boolean mayEdit(View view) {
    return view.may(Permission.PLACES);
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/places", this::list);
    Pages.get(router, "/places/new", ctx -> form(ctx, Form.empty(), allowed(ctx, 0)));
    router.post("/places").handler(ctx -> save(ctx, allowed(ctx, 0)));
    Pages.get(router, "/places/:id", this::show);
    Pages.get(router, "/places/:id/edit", this::edit);
    router.post("/places/:id/edit").handler(ctx -> save(ctx, allowed(ctx, found(ctx).id())));
    router.post("/places/:id/delete").handler(this::delete);
  }

  private void list(RoutingContext ctx) {
    var view = pages.view(ctx);
    pages.show(ctx, view, "place/places.jte", new Page(places.all(), mayEdit(view)));
  }

  private void show(RoutingContext ctx) {
    var view = pages.view(ctx);
    pages.show(ctx, view, "place/place.jte", new One(found(ctx), mayEdit(view)));
  }

  private static long allowed(RoutingContext ctx, long id) {
    Visitor.of(ctx).require(Permission.PLACES);
    return id;
  }

  private VillagePlace found(RoutingContext ctx) {
    try {
      var place = places.byId(Long.parseLong(ctx.pathParam("id")));
      if (place != null) return place;
    } catch (NumberFormatException e) {
      // said below
    }
    throw new Problem.NotFound();
  }

  private void form(RoutingContext ctx, Form form, long id) {
    if (!form.ok()) ctx.response().setStatusCode(422);
    pages.show(ctx, "place/form.jte", new FormPage(form, id));
  }

  private void edit(RoutingContext ctx) {
    var place = found(ctx);
    var at = place.at();
    var form =
        Form.empty()
            .with("name", at.name())
            .with("street", at.street())
            .with("postalCode", at.postalCode())
            .with("locality", at.locality())
            .with("note", place.note());
    if (at.latitude() != null && at.longitude() != null)
      form.with("position", Degrees.text(at.latitude()) + ", " + Degrees.text(at.longitude()));
    form(ctx, form, allowed(ctx, place.id()));
  }

  private void save(RoutingContext ctx, long id) {
    var form = Form.of(ctx);
    var name = form.required("name", 200);
    var position = position(form);
    var note = form.upTo("note", 1_000);
    var at =
        new Place(
            null,
            name,
            form.upTo("street", 200),
            form.upTo("postalCode", 20),
            form.upTo("locality", 100),
            null,
            null,
            position == null ? null : position[0],
            position == null ? null : position[1]);
    if (form.ok()) {
      try {
        Answers.redirect(ctx, places.save(id, at, note == null ? "" : note).path());
        return;
      } catch (Problem.Invalid refusal) {
        form.wrong(refusal);
      }
    }
    form(ctx, form, id);
  }

  /** Degrees north and east, as maps show them: {@code 45.83, 1.26}. */
  private static double @Nullable [] position(Form form) {
    var text = form.optional("position");
    if (text == null) return null;
    var parts = text.split("[,;\\s]+");
    try {
      if (parts.length == 2) {
        var north = Double.parseDouble(parts[0]);
        var east = Double.parseDouble(parts[1]);
        if (Math.abs(north) <= 90 && Math.abs(east) <= 180) return new double[] {north, east};
      }
    } catch (NumberFormatException e) {
      // said below
    }
    form.wrong("position", "error.position");
    return null;
  }

  private void delete(RoutingContext ctx) {
    places.delete(allowed(ctx, found(ctx).id()));
    Answers.redirect(ctx, "/places");
  }
}
