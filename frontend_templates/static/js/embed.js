// A recording of another host, shown where it stands once somebody asks for it. Until then nothing of theirs is loaded.

class Embed extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.show(), { once: true });
  }

  show() {
    const player = Object.assign(document.createElement("iframe"), {
      src: this.dataset.player,
      title: this.dataset.title,
      allowFullscreen: true,
      referrerPolicy: "strict-origin",
    });
    player.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation");
    this.button.closest("p").replaceWith(player);
    player.focus();
  }
}

customElements.define("osp-embed", Embed);
