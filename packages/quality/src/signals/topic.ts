import type { Signal } from '@cascadeflow/contract';
import type { RequestView } from '../text/request-view.ts';
import { rememberLast } from '../text/remember-last.ts';
import { viewSignal } from './define-signal.ts';

/** Letters of a word that are looked up. */
const stem = 7;

/** Letters of the shortest term. */
const shortest = 3;

/** Terms of school and competition subjects, on which models of one size differ in how often they are right. */
const terms: { readonly [topic: string]: string } = {
  math: 'integer integers polynomial triangle hexagon polygon octagon square rectangle circle radius diameter angle perimeter modulo prime factor factors divisible divisor digits digit distinct remainder sequence probability function equation equations inequality graph coordinates vector matrix theorem root roots quadratic minimum maximum smallest largest least greatest expression expressed coefficient logarithm sine cosine parabola ellipse asymptote diagonal parallel perpendicular complex real positive negative permutations combinations arrangements committee dice coin randomly bijection converges derivative integral congruent exponent simplify denominator numerator fraction terminating palindrome isosceles equilateral',
  physics: 'velocity acceleration force mass kinetic momentum energy voltage current resistance circuit magnetic electric charge wavelength frequency pressure temperature heat entropy enthalpy adiabatic thermal gas ideal mole molar molecule reaction acid solution concentration equilibrium oxidation electron proton nucleus atom orbital photon lens mirror pipe flow viscosity reynolds beam stress strain torque inductance capacitor capacitance transformer rotor turbine fluid friction spring pendulum',
  law: 'court plaintiff defendant statute contract liability negligence jurisdiction tort constitutional amendment evidence hearsay appeal counsel attorney jury conviction felony murder burglary trespass lease landlord tenant deed easement property buyer seller breach damages offer acceptance treaty sovereign jurisprudence convention',
  health: 'patient patients disease symptoms clinical diagnosis treatment therapy drug dose blood pressure cell cells protein gene genes dna rna enzyme bacteria virus infection tumor cancer muscle nerve brain hormone insulin syndrome chronic acute vitamin diet nutrition pregnancy child children psychological disorder cognitive behavior organism species population evolution plants',
  computing: 'algorithm program code compiler array list string pointer memory cache processor cpu network packet protocol database query table index hash binary tree graph complexity recursion thread process kernel encryption cipher password software loop variable class method neural training gradient regression classifier dataset python java javascript',
  business: 'company firm market price demand supply cost revenue profit tax income interest rate bond stock dividend investment account accounting balance budget inflation unemployment monetary fiscal bank loan consumer product marketing management corporation corporate stakeholders shareholders ethics employees inventory depreciation annual capital',
  humanities: 'philosopher philosophy argument moral ethical ethics kant aristotle plato hume fallacy premise conclusion century war empire revolution king queen president treaty colonial political society culture religion church art painting novel poem author poet historian government theory sociologist psychologist freud religious buddhism islam hindu jewish christian',
};

const topics = Object.keys(terms);
const topicsOf = new Map<string, number[]>();
topics.forEach((topic, index) => {
  for (const term of terms[topic]?.split(' ') ?? []) {
    const key = term.slice(0, stem);
    const known = topicsOf.get(key) ?? [];
    if (!known.includes(index)) topicsOf.set(key, [...known, index]);
  }
});

/** Terms of each topic in a question, each word counted once. */
const topicCounts = rememberLast((request: RequestView): readonly number[] => {
  const tally = topics.map(() => 0);
  const seen = new Set<string>();
  for (const word of request.words) {
    const found = word.length < shortest ? undefined : topicsOf.get(word.slice(0, stem));
    if (!found || seen.has(word)) continue;
    seen.add(word);
    for (const topic of found) tally[topic] = (tally[topic] ?? 0) + 1;
  }
  return tally;
});

/** One signal per subject: how many of its terms the question uses, as a logarithm. */
export const topicSignals: readonly Signal[] = topics.map((topic, index) =>
  viewSignal(`topic-${topic}`, ({ request }) => Math.log1p(topicCounts(request)[index] ?? 0)),
);
