/** Log-odds that an opinion adds to a draft when it disagrees wholly and when it agrees wholly; fitted, see decision 0032. */
export const opinionShift = { disagree: -1.8, agree: 1.2 };
/** Share of that for a further sample of the same model, whose errors repeat. */
export const sampleShare = 0.6;
/** Weight of a model judge's log-odds. */
export const judgementWeight = 0.5;
/** Cosine of request and draft below which a draft is off the topic, and the log-odds at a cosine of 0; see decision 0032. */
export const alignmentRule = { below: 0.15, weight: -3 };
