// Nothing that was typed is lost where the workbench was stopped, or started anew: before the browser leaves the page with
// a form, the workbench is asked whether it answers, and for the token of its run. Without this script a form is sent as
// it is.

import { hush, tell } from "./silence";

const LIGHT = "/add"; // every page bears the token; this one asks nothing of the ledger
const asking = new Set<HTMLFormElement>();
let going: HTMLFormElement | null = null;

async function token(): Promise<string> {
  const answer = await fetch(LIGHT);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html"); // no script in it runs
  const found = page.querySelector<HTMLMetaElement>("meta[name=marsad-token]")?.content;
  if (!found) throw new Error(`${LIGHT}: no token`);
  return found;
}

async function send(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  asking.add(form);
  try {
    const field = form.elements.namedItem("token");
    if (field instanceof HTMLInputElement) field.value = await token();
    hush(form);
    going = form;
    form.requestSubmit(button);
  } catch {
    tell(form);
  } finally {
    going = null;
    asking.delete(form);
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post" || form === going) return;
  event.preventDefault();
  if (!asking.has(form)) void send(form, event.submitter);
});

export {};
