// The purse of a ballot: counts along while projects are added and removed, and says one short sentence each time.
// The form works without it; the server counts again in any case. In a form of several envelopes each has its own.

class Purse extends HTMLElement {
  connectedCallback() {
    this.whole = this.dataset.whole ? Number(this.dataset.whole) : Infinity;
    this.most = Number(this.dataset.most) || Infinity;
    this.exponent = Number(this.dataset.exponent);
    this.format = new Intl.NumberFormat(document.documentElement.lang, {
      style: "currency",
      currency: this.dataset.currency,
      trailingZeroDisplay: "stripIfInteger",
    });
    this.form = this.closest("fieldset") || this.closest("form");
    this.form.addEventListener("change", (event) => this.changed(event.target));
    this.swap = this.querySelector("[data-swap]");
    this.swap.addEventListener("click", () => this.swapped());
    for (const button of document.querySelectorAll("button[value=update]")) button.hidden = true;
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
    this.swap.hidden = true;
    let words = box.checked ? this.dataset.added : this.dataset.removed;
    if (box.checked && this.chosen.length > this.most) words = this.refuse(box, this.dataset.many);
    else if (box.checked && this.left < 0) {
      const missing = -this.left;
      words = this.refuse(box, this.dataset.over).replace("{missing}", this.money(missing));
      this.offer(box, missing);
    }
    this.show();
    this.say(words);
  }

  // The cheapest chosen project that makes room.
  offer(box, missing) {
    const enough = this.chosen.filter((one) => Number(one.dataset.cost) >= missing);
    const out = enough.sort((one, other) => one.dataset.cost - other.dataset.cost)[0];
    if (!out) return;
    this.pair = [out, box];
    const words = this.swap.dataset.swap.replace("{out}", this.name(out)).replace("{in}", this.name(box));
    this.swap.textContent = words;
    this.swap.hidden = false;
  }

  swapped() {
    const [out, box] = this.pair;
    out.checked = false;
    box.checked = true;
    this.changed(box);
    box.focus();
  }

  name(box) {
    const label = box.labels[0].cloneNode(true);
    label.querySelector(".nums, .amount")?.remove();
    return label.textContent.trim();
  }

  refuse(box, words) {
    box.checked = false;
    return words;
  }

  show() {
    this.querySelector("[data-chosen]").textContent = this.chosen.length;
    if (this.whole === Infinity) return;
    this.querySelector("[data-left]").textContent = this.money(this.left);
    this.querySelector("progress").value = this.whole - this.left;
    for (const box of this.boxes) this.showMissing(box);
  }

  showMissing(box) {
    const words = document.getElementById(`${box.id}-short`);
    if (!words) return;
    const missing = Number(box.dataset.cost) - this.left;
    words.hidden = box.checked || missing <= 0;
    words.textContent = words.hidden ? "" : this.dataset.short.replace("{missing}", this.money(missing));
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
