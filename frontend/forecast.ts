// The slider of the scorecard: says the date that it stands at, and goes there where it is let go. Whoever moves it by
// keys goes there by Enter or the button, as without this script, and is not sent off at every step.

const slider = document.querySelector<HTMLInputElement>("#issue");
const said = document.querySelector<HTMLOutputElement>(".issue output");

if (slider && said) {
  slider.addEventListener("input", () => {
    const option = slider.list?.querySelector<HTMLOptionElement>(`option[value="${slider.valueAsNumber}"]`);
    said.value = option?.label ?? "";
    slider.setAttribute("aria-valuetext", said.value);
  });
  const began = slider.value;
  slider.addEventListener("pointerup", () => {
    if (slider.value !== began) slider.form?.requestSubmit();
  });
}

export {};
