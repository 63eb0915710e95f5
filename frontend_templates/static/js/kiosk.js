// A kiosk nobody touches warns, and then forgets who was there. Without scripts the page's own refresh does it.

const QUIET = 150_000;
const WARNED = 30_000;

class Kiosk extends HTMLElement {
  connectedCallback() {
    this.warning = this.querySelector("[data-warning]");
    this.warning.querySelector("button").addEventListener("click", () => this.wait());
    for (const event of ["pointerdown", "keydown", "input"]) addEventListener(event, () => this.wait());
    this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    this.warning.hidden = true;
    this.timer = setTimeout(() => this.warn(), QUIET);
  }

  warn() {
    this.warning.hidden = false;
    this.warning.querySelector("button").focus();
    this.timer = setTimeout(() => location.replace(this.dataset.wipe), WARNED);
  }
}

customElements.define("osp-kiosk", Kiosk);
