// The page of a document: words and claims light each other, and what is chosen is told in the inspector.
// Every link also works without this script: it loads the page anew with the record in its address.

import { tell } from "./silence";

const text = document.getElementById("text");
const side = document.getElementById("claims");
const inspector = document.getElementById("inspector");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(width < 60em)"); // claims are below the text, and the inspector comes to the words

function show(element: Element | null | undefined, block: ScrollLogicalPosition): void {
  element?.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });
}

function words(id: string): NodeListOf<Element> {
  const found = [id, `${id}-source`, `${id}-cue`].map((each) => `[data-r~="${CSS.escape(each)}"]`);
  return document.querySelectorAll(found.join(","));
}

function clear(): void {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
}

function address(id: string): URL {
  const here = new URL(location.href);
  here.searchParams.set("at", id);
  here.hash = `at-${id}`;
  return here;
}

let asked = 0;
let looked: Promise<void> = Promise.resolve();

/** Tell of a record in the inspector. Until it is there nothing is: what stood there would judge another record. */
async function look(id: string): Promise<void> {
  if (!inspector) return;
  const mine = ++asked;
  const from = address(id);
  from.pathname += "/inspector";
  from.hash = "";
  inspector.ariaBusy = "true";
  inspector.inert = true;
  try {
    const answer = await fetch(from);
    const told = new DOMParser().parseFromString(await answer.text(), "text/html").body; // no script in it runs
    if (mine === asked) inspector.replaceChildren(...(answer.ok ? told.childNodes : told.querySelectorAll(".failure")));
  } catch {
    if (mine !== asked) return;
    inspector.replaceChildren();
    tell(inspector);
  } finally {
    if (mine === asked) {
      inspector.ariaBusy = null;
      inspector.inert = false;
    }
  }
}

function choose(id: string, { scroll = true, keyboard = false, to = "" } = {}): boolean {
  const lit = words(id);
  const claim = [...lit].map((piece) => (piece as HTMLElement | SVGElement).dataset["c"]).find(Boolean);
  const card = document.getElementById(id) ?? document.getElementById(claim ?? "");
  if (lit.length === 0 && !card) return false;
  clear();
  for (const piece of lit) piece.classList.add("lit");
  card?.classList.add("lit");
  if (scroll) show((to && [...lit].find((piece) => (piece as HTMLElement | SVGElement).dataset["r"]?.split(" ").includes(to))) || lit[0], "center");
  if (keyboard || !narrow.matches) show(card, "nearest");
  if (keyboard) card?.focus({ preventScroll: true });
  history.replaceState(null, "", address(id));
  looked = look(id);
  return true;
}

/** The smallest record that a piece of the text belongs to. */
function recordOf(piece: HTMLElement): string | undefined {
  return piece.dataset["r"]?.split(" ").at(-1)?.replace(/-(source|cue)$/, "");
}

function clicked(event: MouseEvent): void {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  if (!(event.target instanceof Element) || !getSelection()?.isCollapsed) return;
  const link = event.target.closest<HTMLElement | SVGElement>("a[data-at]");
  if (link?.dataset["at"]) {
    if (choose(link.dataset["at"], { scroll: !text?.contains(link), to: link.dataset["words"] ?? "" })) event.preventDefault();
    return;
  }
  if (event.target.closest("a, button, input, select, textarea, label, summary")) return;
  const piece = event.target.closest<HTMLElement>("[data-r]");
  const record = piece && recordOf(piece);
  if (piece && record && record !== "masked") {
    choose(record, { scroll: false });
    return;
  }
  const card = event.target.closest<HTMLElement>(".card");
  if (card) choose(card.id);
}

/** Open the form that edits the record in the inspector. */
function edit(): void {
  const box = inspector?.querySelector<HTMLDetailsElement>("#editing");
  if (!box) return;
  box.open = true;
  box.querySelector<HTMLElement>("textarea, select, input:not([type=hidden])")?.focus();
}

/** Begin a judgement of the record in the inspector: the reason is typed, and Enter records it. */
function judge(action: "accept" | "reject"): void {
  const form = inspector?.querySelector<HTMLFormElement>("form.judge");
  const reason = form?.querySelector<HTMLInputElement>("input[name=reason]");
  const button = form?.querySelector<HTMLButtonElement>(`button[value=${action}]`);
  if (!form || !reason || !button) return;
  reason.onkeydown = (event) => {
    if (event.key === "Escape") reason.blur();
    if (event.key !== "Enter") return;
    event.preventDefault();
    form.requestSubmit(button);
  };
  reason.focus();
}

const BEGUN: Record<string, () => void> = { a: () => judge("accept"), r: () => judge("reject"), e: edit };
let isBeginning = false;

/** Begin what is done to the record that was chosen last, when the inspector tells of it. */
async function begin(act: () => void): Promise<void> {
  isBeginning = true;
  await looked;
  isBeginning = false;
  act();
}

function pressed(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof Element && event.target.closest("input, textarea, select")) return;
  if (isBeginning) return event.preventDefault(); // a reason that is typed already is no command
  if (event.key === "Escape") return clear();
  const act = BEGUN[event.key];
  if (act) {
    event.preventDefault();
    return void begin(act);
  }
  const step = { j: 1, k: -1 }[event.key];
  if (!step || !side) return;
  const cards = [...side.querySelectorAll<HTMLElement>(".card")];
  const at = cards.findIndex((card) => card.classList.contains("lit"));
  const next = at < 0 ? (step > 0 ? 0 : cards.length - 1) : Math.min(Math.max(at + step, 0), cards.length - 1);
  const card = cards[next];
  if (card) choose(card.id, { keyboard: true });
}

/** How many code points of the document stand before a place in the page. */
function offset(node: Node, at: number): number | undefined {
  const piece = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>("[data-b]");
  if (!piece || !(node instanceof Text)) return undefined;
  return Number(piece.dataset["b"]) + [...node.data.slice(0, at)].length;
}

/** Put the words that are selected into the form that adds a record. */
function selected(): void {
  const box = document.getElementById("adding");
  const form = box?.querySelector("form");
  const selection = getSelection();
  if (!(box instanceof HTMLDetailsElement) || !form || !selection || form.contains(document.activeElement)) return;
  const range = selection.rangeCount > 0 && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const begin = range && text?.contains(range.commonAncestorContainer) ? offset(range.startContainer, range.startOffset) : undefined;
  if (!range || begin === undefined) return;
  const copy = range.cloneContents();
  for (const note of copy.querySelectorAll(".note")) note.remove();
  const words = copy.textContent ?? "";
  const blank = [...words].length - [...words.trimStart()].length;
  (form.elements.namedItem("words") as HTMLTextAreaElement).value = words.trim();
  (form.elements.namedItem("begin") as HTMLInputElement).value = String(begin + blank);
  (form.elements.namedItem("end") as HTMLInputElement).value = String(offset(range.endContainer, range.endOffset) ?? "");
  box.open = true;
  show(box, "nearest");
}

/** Show the fields of the kind that is to be added, and none of the others. */
function fitted(): void {
  const kind = document.querySelector<HTMLSelectElement>("#adding-kind");
  for (const fields of document.querySelectorAll<HTMLFieldSetElement>("#adding fieldset")) {
    fields.disabled = fields.hidden = !fields.classList.contains(`of-${kind?.value}`);
  }
}

const chosen = side?.querySelector<HTMLElement>(".card.lit");
if (side && chosen) side.scrollTo({ top: chosen.offsetTop - side.offsetTop - side.clientHeight / 8 });

fitted();
document.getElementById("adding-kind")?.addEventListener("change", fitted);
document.addEventListener("click", clicked);
text?.addEventListener("mouseup", () => setTimeout(selected));
text?.addEventListener("keyup", selected);
document.addEventListener("keydown", pressed);
for (const box of document.querySelectorAll<HTMLInputElement>("input[data-kind]")) {
  const sync = () => text?.classList.toggle(`no-${box.dataset["kind"]}`, !box.checked);
  box.addEventListener("change", sync);
  sync(); // a browser may keep a box as it was left
}

export {};
