import { createRoot, createSignal } from "solid-js";
import { afterEach, expect, it, vi } from "vitest";
import { createWords } from "../src/state/words";
import type { Language } from "../src/text/languages";

/** Catalogues on their way, in the order in which they were asked for. */
const asked: { wanted: Language; come: () => void; fail: (why: Error) => void }[] = [];
vi.mock("../src/text", () => ({
  language: () => "en",
  speak: (wanted: Language) =>
    new Promise<void>((come, fail) => {
      asked.push({ wanted, come, fail });
    }),
}));
vi.stubGlobal("document", { documentElement: {} });
vi.stubGlobal("navigator", { languages: [] });

const settled = () => new Promise((done) => setTimeout(done));
const lose = () => new Error("no such script");

afterEach(() => {
  asked.splice(0);
});

function made() {
  const [chosen, setChosen] = createSignal<Language>("ru");
  return { ...createRoot(() => createWords(chosen, () => undefined)), setChosen };
}

it("a language that does not come is told until it is asked for again", async () => {
  const { failed, retry } = made();
  asked[0]?.fail(lose());
  await settled();
  expect(failed()).toBe("ru");
  retry();
  expect(failed()).toBeNull();
  asked[1]?.fail(lose());
  await settled();
  expect(failed()).toBe("ru");
  expect(asked.map(({ wanted }) => wanted)).toEqual(["ru", "ru"]);
});

it("a language that comes ends the trouble of another, and what fails later is nobody's", async () => {
  const { failed, setChosen } = made();
  asked[0]?.fail(lose());
  await settled();
  setChosen("ky");
  setChosen("en");
  asked[2]?.come();
  await settled();
  expect(failed()).toBeNull();
  asked[1]?.fail(lose());
  await settled();
  expect(failed()).toBeNull();
});
