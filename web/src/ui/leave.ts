/**
 * Presses a button that goes once it is pressed, and hands the keyboard on to the first of what is
 * named that stands then: an element, or a part of the page.
 */
export function leave(press: () => void, ...to: (Element | string | null | undefined)[]) {
  press();
  for (const one of to) {
    const next = typeof one === "string" ? document.querySelector(one) : one;
    if (next instanceof HTMLElement && next.isConnected) return next.focus();
  }
}
