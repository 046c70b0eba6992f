import { readFileSync } from 'node:fs';
import type { Domain } from '@cascadeflow/contract';
import { promptOf, readRows, seededRandom, type Row } from './rows.ts';

/** A text with its domain and the family of sets it came from, so that a family can be held out as a whole. */
export interface DomainExample {
  readonly text: string;
  readonly domain: Domain;
  readonly source: string;
  /** Prompts made from one template are one group: they stand on the same side of a split. */
  readonly group?: string;
}

const subjects: { readonly [subject: string]: Domain } = {
  professional_law: 'legal', international_law: 'legal', jurisprudence: 'legal', law: 'legal',
  high_school_macroeconomics: 'financial', high_school_microeconomics: 'financial', professional_accounting: 'financial', econometrics: 'financial', economics: 'financial', business: 'financial',
  clinical_knowledge: 'medical', professional_medicine: 'medical', college_medicine: 'medical', virology: 'medical', anatomy: 'medical', medical_genetics: 'medical', nutrition: 'medical', human_aging: 'medical', health: 'medical',
  elementary_mathematics: 'math', high_school_mathematics: 'math', college_mathematics: 'math', abstract_algebra: 'math', math: 'math',
  high_school_biology: 'science', college_biology: 'science', high_school_chemistry: 'science', college_chemistry: 'science', high_school_physics: 'science', college_physics: 'science', conceptual_physics: 'science', astronomy: 'science', physics: 'science', chemistry: 'science', biology: 'science',
  high_school_statistics: 'data',
  prehistory: 'general', high_school_world_history: 'general', high_school_european_history: 'general', high_school_us_history: 'general', high_school_geography: 'general', miscellaneous: 'general', global_facts: 'general', world_religions: 'general', philosophy: 'general', history: 'general',
  high_school_computer_science: 'code', 'computer science': 'code',
};

const clincIntents: { readonly [intent: string]: Domain } = { translate: 'translation', tell_joke: 'creative', calculator: 'math', definition: 'general', spelling: 'general', vaccines: 'medical', fun_fact: 'conversation', oil_change_how: 'general', jump_start: 'general', recipe: 'general', cook_time: 'general', food_last: 'general', ingredient_substitution: 'general', meal_suggestion: 'general', travel_suggestion: 'general', plug_type: 'general', carry_on: 'general', yes: 'conversation', no: 'conversation', maybe: 'conversation', change_accent: 'tool', taxes: 'financial', income: 'financial', rollover_401k: 'financial', w2: 'financial', exchange_rate: 'financial' };
const clincDomains: { readonly [domain: string]: Domain } = { small_talk: 'conversation', home: 'tool', utility: 'tool', banking: 'financial', credit_cards: 'financial' };
/** Intents whose wording belongs to no one domain of ours. */
const clincSkipped = new Set(['are_you_a_bot_x', 'order_status', 'current_location', 'what_song', 'date', 'insurance', 'insurance_change', 'cancel', 'repeat']);

function clincDomain(row: Row): Domain | undefined {
  const intent = row.intent ?? '';
  if (clincSkipped.has(intent)) return undefined;
  if (clincIntents[intent]) return clincIntents[intent];
  if (['book_flight', 'book_hotel', 'car_rental', 'flight_status', 'uber', 'traffic', 'directions', 'restaurant_reservation', 'cancel_reservation', 'schedule_maintenance', 'pto_request', 'schedule_meeting', 'text', 'make_call', 'change_volume', 'reset_settings', 'sync_device', 'change_speed', 'travel_notification'].includes(intent)) return 'tool';
  return clincDomains[row.domain ?? ''];
}

/** Which family of sets a labelled row came from. */
export function familyOf(origin: string): string {
  return /^(MMLU-Pro|MMLU|CLINC150|banking77|BFCL|RouterArena|MT-bench|TruthfulQA|BoolQ|SciQ|GSM8K|MATH|SVAMP|SQuAD|Arena-Hard|AlpacaEval|CRUXEval|ODEX|openai HumanEval|TabMWP|LEXam|InstructGPT TL|InstructGPT French)/.exec(origin)?.[1] ?? origin;
}

/** The labelled set; its label `factual` is our `general`. */
export function labelledExamples(folder: string): DomainExample[] {
  return readRows(folder, 'domains_labelled').map((row) => ({
    text: promptOf(row),
    domain: (row.domain === 'factual' ? 'general' : row.domain) as Domain,
    source: familyOf(row.label_origin ?? ''),
  }));
}

/** The question of an exam item without its choices, which is how a user would ask it. */
function stemOf(text: string): string | undefined {
  const stem = /^([\s\S]+?)\n(?:Options:|A[.)] )/.exec(text)?.[1];
  return stem !== undefined && stem.length <= 400 ? stem : undefined;
}

/** Further recorded questions whose set or subject tells the domain. */
export function auxiliaryExamples(folder: string): DomainExample[] {
  const found: DomainExample[] = [];
  const add = (text: string | undefined, domain: Domain | undefined, source: string) => {
    if (!text || !domain) return;
    found.push({ text, domain, source });
    const stem = stemOf(text);
    if (stem) found.push({ text: stem, domain, source });
  };
  for (const row of readRows(folder, 'routellm_mmlu')) add(promptOf(row), subjects[row.domain ?? ''], 'MMLU');
  for (const row of readRows(folder, 'mmlu_pro')) add(promptOf(row), subjects[row.domain ?? ''], 'MMLU-Pro');
  for (const row of readRows(folder, 'intents_clinc150_test')) add(promptOf(row), clincDomain(row), 'CLINC150');
  for (const row of readRows(folder, 'intents_banking77_test')) add(promptOf(row), 'financial', 'banking77');
  for (const row of readRows(folder, 'calib_sciq_test')) add(row.question?.split('\n')[0], 'science', 'SciQ');
  for (const row of readRows(folder, 'calib_boolq_valid')) add(row.question, 'general', 'BoolQ');
  for (const row of readRows(folder, 'zeroeval_math_l5')) add(row.question, 'math', 'MATH');
  for (const row of readRows(folder, 'difficulty_math_levels')) add(promptOf(row), 'math', 'MATH');
  for (const row of readRows(folder, 'routellm_gsm8k')) add(promptOf(row), 'math', 'GSM8K');
  for (const row of readRows(folder, 'bfcl_questions')) add(promptOf(row), row.category === 'java' || row.category === 'javascript' ? undefined : 'tool', 'BFCL');
  for (const row of readRows(folder, 'truthfulqa_questions')) {
    const named: { readonly [domain: string]: Domain } = { Law: 'legal', Health: 'medical', Nutrition: 'medical', Economics: 'financial', Finance: 'financial', Science: 'science' };
    add(promptOf(row), named[row.domain ?? ''] ?? 'general', 'TruthfulQA');
  }
  return found;
}

/** Prompts from our own templates, `variants` of each that has slots, the same in every run. */
export function ownExamples(folder: string, variants: number, seed = 7): DomainExample[] {
  const read = (name: string) => JSON.parse(readFileSync(new URL(`./training/${name}.json`, import.meta.url), 'utf8')) as { [key: string]: string[] };
  const lists = { ...read('lists') };
  const texts = recordedTexts(folder);
  lists['passage'] = [...(lists['passage'] ?? []), ...texts.passages];
  lists['longtext'] = [...(lists['longtext'] ?? []), ...texts.long];
  const random = seededRandom(seed);
  const found: DomainExample[] = [];
  const plain = read('plain');
  for (const [domain, templates] of Object.entries(read('templates'))) {
    for (const template of [...templates, ...(plain[domain] ?? [])]) {
      const copies = /\{\w+\}/.test(template) ? variants : 1;
      for (let copy = 0; copy < copies; copy++) {
        const text = template.replace(/\{(\w+)\}/g, (slot, name: string) => {
          const list = lists[name];
          const filler = list?.[Math.floor(random() * list.length)] ?? slot;
          return name === 'passage' || name === 'longtext' ? someSentences(filler, random) : filler;
        });
        found.push({ text: vary(text, random), domain: domain as Domain, source: 'own', group: template });
      }
    }
  }
  return found;
}

/** Prose that fills the templates for texts to read and to shorten, so that no single text stands for a domain. */
function recordedTexts(folder: string): { readonly passages: string[]; readonly long: string[] } {
  const passages = new Set<string>();
  for (const row of readRows(folder, 'judge_halu_eval_qa')) {
    const context = /\nContext: ([^\n]+)\n/.exec(promptOf(row))?.[1];
    if (context) passages.add(context.slice(0, 700));
  }
  const long: string[] = [];
  for (const name of ['arena_bench_v1', 'routellm_mtbench']) {
    for (const row of readRows(folder, name)) {
      for (const answer of Object.values(row.answers ?? {}).slice(0, 2)) {
        if (answer.text && !answer.text.includes('```') && answer.text.length > 300) long.push(answer.text.slice(0, 900));
      }
    }
  }
  return { passages: [...passages], long: [...long, ...passages] };
}

/** A run of sentences out of a text, one to all of them, so that length does not stand for a domain. */
function someSentences(text: string, random: () => number): string {
  const sentences = text.split(/(?<=[.!?。])\s+/);
  const from = Math.floor(random() * random() * sentences.length);
  return sentences.slice(from, from + 1 + Math.floor(random() * (sentences.length - from))).join(' ');
}

/** Users differ in capitals, greetings and stops. */
function vary(text: string, random: () => number): string {
  const roll = random();
  const varied = roll < 0.25 ? text.charAt(0).toUpperCase() + text.slice(1) : roll < 0.35 ? text.toLowerCase() : text;
  const ending = random();
  if (varied.length < 120 && ending < 0.12) return `${varied}?`;
  if (varied.length < 120 && ending < 0.2) return `${varied}.`;
  if (varied.length < 120 && ending < 0.25) return `please ${varied}`;
  if (varied.length < 120 && ending < 0.29) return `hi, ${varied}`;
  return varied;
}
