// The key “/” leads to the search box, unless somebody is typing or has turned the key off.

const KEPT_AS = "search-key";
const TYPING = "input, textarea, select, [contenteditable]";

function isOff() {
  try {
    return localStorage.getItem(KEPT_AS) === "off";
  } catch {
    return false;
  }
}

function turn(off) {
  try {
    if (off) localStorage.setItem(KEPT_AS, "off");
    else localStorage.removeItem(KEPT_AS);
  } catch {
    // Where storage is blocked the choice lasts until the page is left.
  }
}

function boxes() {
  return document.querySelectorAll("[data-search-key]");
}

function announce() {
  for (const box of boxes()) {
    if (isOff()) box.removeAttribute("aria-keyshortcuts");
    else box.setAttribute("aria-keyshortcuts", "/");
  }
}

function onKey(event) {
  const isModified = event.ctrlKey || event.altKey || event.metaKey;
  if (event.key !== "/" || isModified || event.defaultPrevented || isOff()) return;
  if (event.target instanceof Element && event.target.closest(TYPING)) return;
  const box = document.querySelector("main [data-search-key]") ?? boxes()[0];
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
}

function showSwitch(button) {
  const tell = () => {
    button.textContent = isOff() ? button.dataset.on : button.dataset.off;
  };
  button.addEventListener("click", () => {
    turn(!isOff());
    tell();
    announce();
  });
  tell();
  button.hidden = false;
}

document.addEventListener("keydown", onKey);
document.querySelectorAll("[data-search-key-switch]").forEach(showSwitch);
announce();
