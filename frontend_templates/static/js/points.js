// The points that are left to share out, counted along. The server counts again in any case.

class Points extends HTMLElement {
  connectedCallback() {
    for (const button of document.querySelectorAll("button[value=update]")) button.hidden = true;
    this.whole = Number(this.dataset.whole);
    this.envelope = this.closest("fieldset");
    this.envelope.addEventListener("input", () => this.show());
    this.envelope.addEventListener("change", () => this.say());
    this.show();
    // Somebody may have written before this script was here.
    if (this.left < 0) this.say();
  }

  get left() {
    const fields = [...this.envelope.querySelectorAll("input[type=number]")];
    return this.whole - fields.reduce((sum, field) => sum + (Number.parseInt(field.value, 10) || 0), 0);
  }

  show() {
    this.querySelector("[data-left]").textContent = this.left.toLocaleString(document.documentElement.lang);
    this.querySelector("progress").value = Math.min(this.whole, this.whole - this.left);
  }

  say() {
    const words = this.left < 0 ? this.dataset.over : this.dataset.says;
    this.querySelector("[role=status]").textContent = words.replace("{left}", Math.abs(this.left));
  }
}

customElements.define("osp-points", Points);
