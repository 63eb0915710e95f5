// Takes a code from the fragment of the address, which never reaches the server, into the field, and out of the address.

const code = decodeURIComponent(location.hash.slice(1));
const field = document.querySelector("[name=code]");
if (code && code !== "main" && field && !field.value) {
  field.value = code.replace(/(.{4})(?=.)/g, "$1-");
  history.replaceState(null, "", location.pathname);
}
