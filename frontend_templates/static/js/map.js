// The map of a list: drawn on click, from the same entries. Selecting a marker moves to its entry; there are no popups.

class ProjectMap extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.open(), { once: true });
  }

  async open() {
    this.button.hidden = true;
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: this.dataset.sheet }));
    await this.load(this.dataset.leaflet);
    const ground = this.querySelector("[data-ground]");
    ground.hidden = false;
    this.draw(L.map(ground, { scrollWheelZoom: false, attributionControl: Boolean(this.dataset.tiles) }));
    ground.focus();
  }

  load(address) {
    return new Promise((done, failed) => {
      document.head.append(Object.assign(document.createElement("script"), { src: address, onload: done, onerror: failed }));
    });
  }

  draw(map) {
    if (this.dataset.tiles) L.tileLayer(this.dataset.tiles, { attribution: this.dataset.attribution }).addTo(map);
    const markers = [...document.querySelectorAll("[data-lat]")].map((entry) => this.marker(entry).addTo(map));
    map.fitBounds(L.featureGroup(markers).getBounds(), { padding: [32, 32], maxZoom: 15 });
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
