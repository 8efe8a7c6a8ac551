/** Whether the reader asked their system for less motion: then nothing glides, flies or fades. */
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
