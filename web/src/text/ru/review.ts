// What a speaker of Russian who works in mine action should look at first: paths into the
// catalogue, or into its words.
export const review = [
  "time",
  "words.reportedAs.suspected",
  "words.legendNames.hazard-suspected",
  "words.contradictions.tension",
  "words.contradictions.attribution",
  "kind",
  "near.certain",
  "near.certainHelp",
  "near.possible",
  "near.possibleHelp",
  "near.says.areas",
  "panel.areas",
  "status.contested",
] as const;
