"use strict";
// Everything on this page also works without this script: it lights words and moves between claims.
(() => {
  const claims = document.getElementById("claims");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const wide = () => matchMedia("(min-width: 60em)").matches;
  const words = (id) =>
    document.querySelectorAll(`[data-r~="${id}"], [data-r~="${id}-source"], [data-r~="${id}-cue"]`);
  const show = (element, block) =>
    element && element.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });

  function clear() {
    document.querySelectorAll(".lit").forEach((element) => element.classList.remove("lit"));
  }

  function light(id) {
    const lit = words(id);
    lit.forEach((element) => element.classList.add("lit"));
    return lit[0];
  }

  function open(card, { text = true, list = true } = {}) {
    if (!card) return;
    clear();
    card.classList.add("lit");
    const first = light(card.id);
    if (list) show(card, "nearest");
    if (text) show(first, "center");
    card.focus({ preventScroll: true });
    history.replaceState(null, "", `#${card.id}`);
  }

  document.addEventListener("click", (event) => {
    if (!getSelection().isCollapsed) return;
    const link = event.target.closest("a");
    const row = event.target.closest("[data-go]");
    if (row && (!link || link.getAttribute("href").startsWith("#at-"))) {
      event.preventDefault();
      const card = row.closest(".card");
      if (row === card) return open(card, { list: false });
      clear();
      if (card) card.classList.add("lit");
      return show(light(row.dataset.go), "center");
    }
    if (link && /^#c\d+$/.test(link.getAttribute("href"))) {
      event.preventDefault();
      return open(document.getElementById(link.getAttribute("href").slice(1)), { text: !link.closest(".document") });
    }
    const piece = event.target.closest("[data-c]");
    if (piece) open(document.getElementById(piece.dataset.c), { text: false });
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return clear();
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const cards = [...claims.querySelectorAll(".card")].filter((card) => card.offsetParent !== null);
    const at = cards.findIndex((card) => card.classList.contains("lit"));
    open(cards[Math.min(Math.max(at < 0 ? (step > 0 ? 0 : cards.length - 1) : at + step, 0), cards.length - 1)]);
  });

  function arrive() {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.classList.contains("card")) open(target);
    if (target && target.id.startsWith("at-")) { clear(); light(target.id.slice(3)); }
  }
  addEventListener("hashchange", arrive);
  if (location.hash && wide()) arrive();
})();
