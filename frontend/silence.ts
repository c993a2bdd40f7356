// What a page says when the workbench does not answer: it was stopped, and a script would otherwise fail unseen.

/** Say it at the end of `where`, once. */
export function tell(where: Element): void {
  hush(where);
  const said = document.createElement("p");
  said.className = "failure silent";
  said.role = "alert";
  said.textContent = document.body.dataset["silent"] ?? "";
  where.append(said);
  said.scrollIntoView({ block: "nearest" });
}

/** It answers again. */
export function hush(where: Element): void {
  where.querySelector(":scope > .silent")?.remove();
}
