// Maps over the boundaries of the districts. Nothing is loaded and nothing drawn before a click asks for it; there are no popups.

class DistrictMap extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.open());
  }

  async open() {
    this.button.hidden = true;
    try {
      const [districts] = await Promise.all([this.districts(), this.script(this.dataset.leaflet), this.sheet(this.dataset.sheet)]);
      this.unfold(districts);
    } catch {
      this.button.hidden = false; // What did not come may come with another click.
    }
  }

  unfold(districts) {
    const ground = this.querySelector("[data-ground]");
    ground.hidden = false;
    const hasTiles = Boolean(this.dataset.tiles);
    this.draw(L.map(ground, { scrollWheelZoom: false, attributionControl: hasTiles, zoomSnap: hasTiles ? 1 : 0.25 }), districts);
    ground.focus();
  }

  script(src) {
    return this.load("script", { src });
  }

  // Drawn without its rules, a map would reach beyond the page.
  sheet(href) {
    return this.load("link", { rel: "stylesheet", href });
  }

  load(tag, facts) {
    return new Promise((done, failed) => {
      document.head.append(Object.assign(document.createElement(tag), { ...facts, onload: done, onerror: failed }));
    });
  }

  districts() {
    if (!this.dataset.districts) return null;
    return fetch(this.dataset.districts).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
  }

  draw(map, districts) {
    if (this.dataset.tiles) L.tileLayer(this.dataset.tiles, { attribution: this.dataset.attribution }).addTo(map);
    const areas = this.areas(districts);
    const markers = this.markers(map);
    const bounds = areas.getBounds().extend(markers.getBounds());
    if (bounds.isValid()) map.fitBounds(bounds, { padding: [32, 32], maxZoom: 15 });
    else map.fitWorld();
    areas.addTo(map).eachLayer((area) => this.name(area).addTo(map));
    markers.addTo(map);
  }

  areas(districts) {
    const drawn = { interactive: false, style: { className: "map-district" } };
    try {
      return L.geoJSON(districts, drawn);
    } catch {
      return L.geoJSON(null, drawn); // A boundary that cannot be read must not hide the projects.
    }
  }

  name(area) {
    const html = Object.assign(document.createElement("span"), { textContent: area.feature.properties.name });
    const icon = L.divIcon({ className: "map-name", html, iconSize: null });
    const bounds = area.getBounds();
    return L.marker([bounds.getSouth(), bounds.getCenter().lng], { icon, interactive: false, keyboard: false, zIndexOffset: -1000 });
  }

}

// The map of a list, from the same entries. Selecting a marker moves to its entry.
class ProjectMap extends DistrictMap {
  markers() {
    return L.featureGroup([...document.querySelectorAll("[data-lat]")].map((entry) => this.marker(entry)));
  }

  marker(entry) {
    const link = entry.querySelector("a");
    const icon = L.divIcon({ className: "map-marker", html: entry.dataset.number, iconSize: [32, 32] });
    const marker = L.marker([entry.dataset.lat, entry.dataset.lng], { icon, title: link.textContent });
    marker.on("add", () => marker.getElement().setAttribute("aria-label", link.textContent));
    return marker.on("click keypress", (event) => {
      if (event.type === "keypress" && event.originalEvent.key !== "Enter") return;
      entry.scrollIntoView({ block: "center" });
      link.focus();
    });
  }
}

// The map in a form: a click writes latitude and longitude into their fields, and what is typed there moves the marker.
class PointMap extends DistrictMap {
  markers(map) {
    this.fields = ["latitude", "longitude"].map((name) => this.closest("form").elements[name]);
    this.group = L.featureGroup();
    this.show();
    map.on("click", (event) => this.choose(event.latlng.wrap()));
    for (const field of this.fields) field.addEventListener("change", () => this.show());
    return this.group;
  }

  choose(point) {
    [point.lat, point.lng].forEach((degrees, place) => (this.fields[place].value = degrees.toFixed(5)));
    this.fields[0].dispatchEvent(new Event("input", { bubbles: true }));
    this.show();
    this.querySelector("[role=status]").textContent = this.dataset.said;
  }

  show() {
    this.group.clearLayers();
    if (this.fields.some((field) => field.value === "" || !field.validity.valid)) return;
    const icon = L.divIcon({ className: "map-marker", html: "", iconSize: [32, 32] });
    L.marker(this.fields.map((field) => field.valueAsNumber), { icon, interactive: false, keyboard: false }).addTo(this.group);
  }
}

customElements.define("osp-map", ProjectMap);
customElements.define("osp-point", PointMap);
