// The map of the agenda: the events of the list below it whose place is known. The background is a
// plain grid of degrees, unless the admin chose a server for it.
const box = document.getElementById("map");
const points = JSON.parse(document.getElementById("points").textContent);

const Grid = L.GridLayer.extend({
  createTile(coords) {
    const tile = document.createElement("div");
    tile.className = "grid-tile";
    const corner = this._map.unproject(coords.scaleBy(this.getTileSize()), coords.z);
    tile.textContent = `${corner.lat.toFixed(3)}° ${corner.lng.toFixed(3)}°`;
    return tile;
  },
});

/** All that happens at one place, as links. */
function list(events) {
  const all = document.createElement("ul");
  for (const event of events) {
    const link = document.createElement("a");
    link.href = event.path;
    link.textContent = event.name;
    const line = document.createElement("li");
    line.append(link, document.createElement("br"), event.when);
    if (event.place) line.append(document.createElement("br"), event.place);
    all.append(line);
  }
  return all;
}

function draw() {
  box.hidden = false;
  const map = L.map(box, { scrollWheelZoom: false, zoomControl: false, attributionControl: false });
  L.control.zoom({ zoomInTitle: box.dataset.in, zoomOutTitle: box.dataset.out }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  if (box.dataset.source)
    L.control.attribution({ prefix: false }).addTo(map).addAttribution(escaped(box.dataset.source));
  if (box.dataset.tiles) L.tileLayer(box.dataset.tiles, { maxZoom: 19 }).addTo(map);
  else new Grid({ maxZoom: 19 }).addTo(map);
  const places = Map.groupBy
    ? Map.groupBy(points, (it) => it.lat + " " + it.lon)
    : points.reduce((all, it) => all.set(it.path, [it]), new Map());
  for (const events of places.values()) {
    const [first] = events;
    const near = events.every((it) => !it.own);
    const icon = L.divIcon({
      className: near ? "pin near" : "pin",
      html: String(events.length),
      iconSize: [34, 34],
    });
    const names = events.map((it) => it.name).join(", ");
    L.marker([first.lat, first.lon], { icon, title: names, alt: names })
      .bindPopup(list(events))
      .addTo(map);
  }
  map.fitBounds(L.latLngBounds(points.map((it) => [it.lat, it.lon])).pad(0.2), { maxZoom: 15 });
}

function escaped(text) {
  const span = document.createElement("span");
  span.textContent = text;
  return span.innerHTML;
}

if (points.length) draw();
