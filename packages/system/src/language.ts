import { oneOf } from "@athanor/core";

const languages = ["en", "zh"] as const;

/** A language that findings and reports are written in. */
export type Language = (typeof languages)[number];

/** A text in every language. */
export type Wording = Readonly<Record<Language, string>>;

/** The language of findings and reports, in a configuration and on the command line; English when neither says. */
export const languageOption = oneOf(null, "language of the findings and the report", languages);
