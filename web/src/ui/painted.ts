/** Resolves once what stands on the page now has been on the screen; a page in the background is not painted. */
export const painted = () =>
  new Promise<void>((done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => done()));
    setTimeout(done, 500);
  });
