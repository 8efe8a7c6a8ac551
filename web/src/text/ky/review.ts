import { UNREVIEWED } from "../unreviewed";

// What a speaker of Kyrgyz who works in mine action should look at first: paths into the catalogue,
// or into its words.
export const review = UNREVIEWED;
