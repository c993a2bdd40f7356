// The page on which documents are added, and that of a job: files can be dropped, and a job is followed.
// Both work without this script: a form chooses files, and the page of a job loads itself anew.

import { hush, tell } from "./silence";

const PAUSE = 1_000; // milliseconds between two looks at a job

function follow(shown: HTMLElement): void {
  let changes = shown.dataset["changes"];
  async function look(): Promise<void> {
    const answer = await fetch(shown.dataset["job"] ?? "");
    hush(shown);
    if (!answer.ok) return location.reload(); // the workbench was started anew, and says what became of it
    const job = await answer.json();
    if (String(job.changes) !== changes) {
      changes = String(job.changes);
      const told = await fetch(shown.dataset["told"] ?? "");
      if (!told.ok) return;
      const read = new DOMParser().parseFromString(await told.text(), "text/html"); // no script in it runs
      shown.replaceChildren(...read.body.childNodes);
    }
    if (job.state === "waiting" || job.state === "running") setTimeout(again, PAUSE);
  }
  const again = () => void look().catch(() => {
    tell(shown);
    setTimeout(again, 3 * PAUSE);
  });
  again();
}

function drop(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  const said = form.querySelector(".dropped");
  if (!input) return;
  const tell = () => {
    const names = [...(input.files ?? [])].map((file) => file.name);
    if (said) said.textContent = names.length > 1 ? `${form.dataset["dropped"]} ${names.join(", ")}` : "";
    const bytes = [...(input.files ?? [])].reduce((sum, file) => sum + file.size, 0);
    input.setCustomValidity(bytes > Number(form.dataset["most"]) ? form.dataset["large"] ?? "" : "");
  };
  input.addEventListener("change", tell);
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    tell();
  });
}

const job = document.getElementById("job");
if (job && job.dataset["over"] === undefined) follow(job);
for (const form of document.querySelectorAll<HTMLFormElement>("form.drop")) drop(form);

export {};
