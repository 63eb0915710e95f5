// A draft is kept while somebody writes, and similar proposals come up beside it. Without this script each step keeps it.

const PAUSE = 1500;

class Draft extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.similar = this.querySelector("[data-similar]");
    this.form.elements.title?.closest(".field").after(this.similar); // Where they are seen while one writes on.
    this.form.addEventListener("input", () => this.later());
    this.form.addEventListener("submit", () => clearTimeout(this.timer));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  async keep() {
    const { key, title } = this.form.elements;
    if (key && !title.value.trim()) return;
    const said = new FormData(this.form);
    said.set("do", "meanwhile");
    const answer = await fetch(location.href, { method: "POST", body: said }).catch(() => null);
    const address = answer?.headers.get("Content-Location");
    this.say(address ? this.dataset.kept : this.dataset.failed);
    if (!address) return;
    this.show(await answer.text());
    if (!key?.isConnected) return;
    history.replaceState(null, "", address);
    key.remove();
  }

  say(words) {
    this.querySelector("[data-said]").textContent = words;
  }

  show(similar) {
    if (this.shown !== similar) this.similar.innerHTML = this.shown = similar;
  }
}

customElements.define("osp-draft", Draft);
