/** A page in the background is not painted: nothing waits longer for it, milliseconds. */
const MOST = 500;
const TYPE = "element";

/** Has the browser tell when an element that is yet to be shown has been on the screen, where it can. */
export const timed = (element: Element) => element.setAttribute("elementtiming", "");

/** Resolves once an element that is `timed` has been on the screen, as far as the browser tells. */
export async function painted() {
  const isLate = new Promise<void>((done) => setTimeout(done, MOST));
  const isPainted = new Promise<void>((done) => {
    if (globalThis.PerformanceObserver?.supportedEntryTypes?.includes(TYPE))
      new PerformanceObserver(() => done()).observe({ type: TYPE, buffered: true });
    else requestAnimationFrame(() => requestAnimationFrame(() => done()));
  });
  await Promise.race([isPainted, isLate]);
}
