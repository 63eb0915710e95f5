// In the settings form: the preview follows what is typed. The server computes the colours, as it does for the site.
(() => {
  const frame = document.querySelector("[data-theme-preview]");
  const fields = ["brand", "accent", "radius", "font"].map((name) => document.querySelector(`[name="${name}"]`));
  const show = () => {
    const query = new URLSearchParams(fields.map((field) => [field.name, field.value]));
    frame.src = `${frame.dataset.themePreview}?${query}`;
  };
  fields.forEach((field) => field.addEventListener("change", show));
})();
