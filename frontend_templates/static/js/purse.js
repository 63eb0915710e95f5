// The purse of a ballot: counts along while projects are added and removed, and says one short sentence each time.
// The form works without it; the server counts again in any case.

class Purse extends HTMLElement {
  connectedCallback() {
    this.whole = Number(this.dataset.whole);
    this.most = Number(this.dataset.most) || Infinity;
    this.exponent = Number(this.dataset.exponent);
    this.format = new Intl.NumberFormat(document.documentElement.lang, {
      style: "currency",
      currency: this.dataset.currency,
      trailingZeroDisplay: "stripIfInteger",
    });
    this.form = this.closest("form");
    this.form.addEventListener("change", (event) => this.changed(event.target));
    this.show();
  }

  get boxes() {
    return [...this.form.querySelectorAll("input[data-cost]")];
  }

  get chosen() {
    return this.boxes.filter((box) => box.checked);
  }

  get left() {
    return this.whole - this.chosen.reduce((sum, box) => sum + Number(box.dataset.cost), 0);
  }

  changed(box) {
    if (!box.matches("input[data-cost]")) return;
    let words = box.checked ? this.dataset.added : this.dataset.removed;
    if (box.checked && this.chosen.length > this.most) words = this.refuse(box, this.dataset.many);
    else if (box.checked && this.left < 0) {
      const missing = -this.left;
      words = this.refuse(box, this.dataset.over).replace("{missing}", this.money(missing));
    }
    this.show();
    this.say(words);
  }

  refuse(box, words) {
    box.checked = false;
    return words;
  }

  show() {
    this.querySelector("[data-left]").textContent = this.money(this.left);
    this.querySelector("[data-chosen]").textContent = this.chosen.length;
    this.querySelector("progress").value = this.whole - this.left;
  }

  say(words) {
    const filled = words.replace("{chosen}", this.chosen.length).replace("{left}", this.money(this.left));
    this.querySelector("[role=status]").textContent = filled;
  }

  money(minor) {
    return this.format.format(minor / 10 ** this.exponent);
  }
}

customElements.define("osp-purse", Purse);
