// Light or dark: as the system says, until somebody chooses. It is loaded before the page is drawn, so that nothing flashes.
// The choice is a matter of this browser, not of what is shown: it is kept here and stands in no address.

const KEPT = "marsad-theme";

function put(theme: string): void {
  if (theme === "light" || theme === "dark") document.documentElement.dataset["theme"] = theme;
  else delete document.documentElement.dataset["theme"];
}

function kept(): string {
  try {
    return localStorage.getItem(KEPT) ?? "";
  } catch {
    return ""; // a browser that keeps nothing follows the system
  }
}

function keep(theme: string): void {
  try {
    if (theme) localStorage.setItem(KEPT, theme);
    else localStorage.removeItem(KEPT);
  } catch {
    // it holds for this page alone
  }
}

put(kept());
document.addEventListener("DOMContentLoaded", () => {
  const choice = document.querySelector<HTMLSelectElement>("#theme");
  if (!choice) return;
  choice.closest<HTMLElement>("[hidden]")?.removeAttribute("hidden");
  choice.value = document.documentElement.dataset["theme"] ?? "";
  choice.addEventListener("change", () => {
    put(choice.value);
    keep(choice.value);
  });
});

export {};
