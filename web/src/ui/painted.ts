// What comes first on a slow line: the notice, before the map's script and what the map shows.

/** How long it is waited for, milliseconds: a page in the background is not painted. */
const LONGEST = 500;

let settle: () => void;

/** Settles once the notice is on the screen. */
export const painted = new Promise<void>((settled) => {
  settle = settled;
});

/** To be called when the notice is on the page. */
export function noticeStands() {
  requestAnimationFrame(() => requestAnimationFrame(settle));
  setTimeout(settle, LONGEST);
}
