// The map of a list: drawn on click, from the same entries, over the boundaries of the districts. Selecting a marker moves to its entry; there are no popups.

class ProjectMap extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.open(), { once: true });
  }

  async open() {
    this.button.hidden = true;
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: this.dataset.sheet }));
    const [districts] = await Promise.all([this.districts(), this.load(this.dataset.leaflet)]);
    const ground = this.querySelector("[data-ground]");
    ground.hidden = false;
    const hasTiles = Boolean(this.dataset.tiles);
    this.draw(L.map(ground, { scrollWheelZoom: false, attributionControl: hasTiles, zoomSnap: hasTiles ? 1 : 0.25 }), districts);
    ground.focus();
  }

  load(address) {
    return new Promise((done, failed) => {
      document.head.append(Object.assign(document.createElement("script"), { src: address, onload: done, onerror: failed }));
    });
  }

  districts() {
    if (!this.dataset.districts) return null;
    return fetch(this.dataset.districts).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
  }

  draw(map, districts) {
    if (this.dataset.tiles) L.tileLayer(this.dataset.tiles, { attribution: this.dataset.attribution }).addTo(map);
    const areas = this.areas(districts);
    const markers = L.featureGroup([...document.querySelectorAll("[data-lat]")].map((entry) => this.marker(entry)));
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

customElements.define("osp-map", ProjectMap);
