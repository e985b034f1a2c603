package org.placette.unsent;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.placette.web.Form;

/** The hour at which something that was written is to be published by itself. */
public final class Due {

  private Due() {}

  /**
   * Reads it from {@code publishDate} and {@code publishTime}; what is wrong is said in the form.
   *
   * @return null for now
   */
  public static @Nullable Instant read(Form form, ZoneId zone, Instant now) {
    if (form.value("publishDate").isEmpty() && form.value("publishTime").isEmpty()) return null;
    try {
      var day = LocalDate.parse(form.required("publishDate", 20));
      var at = day.atTime(LocalTime.parse(form.required("publishTime", 20))).atZone(zone);
      if (!at.toInstant().isAfter(now)) form.wrong("publishDate", "error.publishPast");
      return at.toInstant();
    } catch (DateTimeException e) {
      form.wrong("publishDate", "error.publishTime");
      return null;
    }
  }
}
