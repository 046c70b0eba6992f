import { translates } from '../text/asked-language.ts';
import { withoutCode } from '../text/code-language.ts';
import { isFunctionWord, shareOf } from '../text/language.ts';
import { answersAtOnce } from '../text/answers-at-once.ts';
import { asksFact } from '../text/asked-fact.ts';
import { clip } from '../text/limits.ts';
import { spelledNumber } from '../text/numbers.ts';
import { askingPart } from '../text/what-is-asked.ts';
import { viewSignal } from './define-signal.ts';

/** Words from which a draft is long enough to be about something else. */
const enough = 10;
/** Letters by which words are compared, so that endings do not count. */
const stem = 4;

/** How questions begin that ask for a fact, a way to do something, or what a text says. */
const openers = new Set(
  ('who whom whose when where which is are was were do does did can could has have if summarize summarise convert wer wann wo welche welcher welches ist sind hat kann fasse qui quand où quel quelle quels quelles ' +
    'résume résumez quién cuándo dónde cuál resume resumen chi quando dove qual quale quali riassumi quem onde').split(' '),
);
const afterHow = new Set('many much long far old tall do does did to'.split(' '));
const afterWhat = new Set('year time day date does did'.split(' '));
const leading = new Set('please and so in at on to for from hi hello hey'.split(' '));

/** True for a question that a sentence answers by taking up a word of it. Descriptions, advice, ideas and made-up texts show their topic without naming it. */
function takesUpWords(words: readonly string[]): boolean {
  const from = leading.has(words[0] ?? '') ? 1 : 0;
  const [first = '', second = '', third = ''] = [words[from], words[from + 1], words[from + 2]];
  if (openers.has(first) || (first === 'how' && afterHow.has(second))) return true;
  if (first === 'what' && (afterWhat.has(second) || ((second === 'is' || second === 'was') && third === 'the'))) return true;
  return words.includes('summarize') || words.includes('summarise');
}

/** Asks for the meaning of a phrase, which is told in other words. */
const explainsPhrase = /["“«„][^"”»“]{2,80}["”»“][^.\n]{0,20}\bmeans?\b|\bmean(?:s|ing)?\b[^.\n]{0,40}["“«„]/i;

/** "Could you recommend …" is no question that yes or no answers. */
const asksPolitely = /^(?:can|could|would|will) you (?:please )?(?:recommend|suggest|give|name|tell|write|list|show)\b/i;

/** 1 for a draft of some length that takes up no content word of the question, is no advice or list, and gives no final answer, otherwise 0; nothing for short drafts, translations, and where answers need not take up a word. */
export const offTopic = viewSignal('off-topic', (view, { request }) => {
  if (view.wordCount < enough || view.request.options.length > 0 || view.text.includes('`') || translates(view.request) || request.messages.length > 2 || asksPolitely.test(view.request.question) || !takesUpWords(view.request.words)) return undefined;
  if (view.answer && view.answer.source !== 'whole') return 0;
  const said = view.prose.toLowerCase();
  let isTaken = false;
  let first: string | undefined;
  let others = 0;
  for (const word of view.request.words) {
    if (!isContent(word)) continue;
    const asked = word.slice(0, stem);
    first ??= asked;
    if (asked !== first) others++;
    isTaken ||= said.includes(asked);
    if (isTaken && others > 0) return 0;
  }
  if (others === 0) return undefined;
  if (refersBack.test(view.text) || answersAtOnce(view) || (view.numbers[0]?.start ?? opening) < atOnce) return 0;
  if (givesAdvice(view.prose) || isList(view.prose, view.wordCount) || view.text.split('\n').length > 3) return 0;
  return explainsPhrase.test(clip(view.request.question, askingPart, askingPart)) ? 0 : 1;
});

/** Characters of a question that can be strayed from: a longer one has a word of anything. */
const longestStray = 2000;
/** Content words that a question has at least, and words of a draft, before none in common says something. */
const enoughAsked = 3;
const enoughSaid = 10;
/** The same where the draft says itself what it is about. */
const fewestAsked = 2;
/** Characters of a draft in which a number is the answer itself: "74 °C at the thickest part". */
const atOnce = 12;
/** Characters of a draft in which a word of the question comes up. */
const opening = 800;
/** Han, kana and Hangul are compared by two characters: their words are short. */
const wideStem = 2;

/** Asks for something made up or for a meaning, which need not name its subject. */
const imagines = /(?<!\p{L})(?:poem|haiku|story|tale|song|lyrics|rhyme|slogan|tagline|bio|caption|joke|riddle|motto|names?|title|pun|limerick|fact|idioms?|means?|recipe|rezept|recette|receta|ricetta|gedicht|geschichte|poème|histoire|poema|cuento|historia|poesia|storia|стих\p{L}*|рассказ)(?!\p{L})|俳句|诗|故事|詩/iu;
const programMark = /[{}()[\]=;<>|$^\\]/;
/** Asks for a thing by what it is for, and the thing itself is the answer. */
const wantsThing = /^(?:please |(?:can|could|would) you (?:please )?)?(?:suggest|recommend|name|propose|what (?:should|could|can) i (?:substitute|use|wear|buy|give|bring|pack|cook|watch|read|call|get)|empfiehl|nenne|recommande|propose|recomienda|sugiere|consiglia|suggerisci|sugira|recomende)\b/i;
/** Says how somebody is, and asks for nothing. */
const tellsOfOneself = /^(?:i(?:['’]m| am| feel| had| have| just| got| passed| lost| failed| finished| won)|(?:ugh|wow|yay|oh no|today is)|ich (?:bin|habe|fühle)|je suis|j['’]ai|estoy|me siento|sono|mi sento|estou)(?!\p{L})[^?]*$/iu;
/** Begins with what stands for the subject of the question. */
const refersBack = /^\W*(?:they|it|he|she|this|these|those|that|there|yes|no|not|nobody|only|partly|mostly|for (?:a|most|many|some)|in moderation|i['’]d say|sie|es|er|ja|nein|das|è|é|ils?|elles?|c'est|oui|non|sí|è|eles?|elas?|они|он|она|оно|это)(?![\p{L}])/iu;

/** Asks for a way, a reason or advice, which show their subject without naming it. */
const needsNoName =
  /(?<!\p{L})(?:how (?!many|much|old|far|tall)|why|should i|what (?:can|should|could) i|options|tips?|advice|idea|plan|describe|what['’]?s? .{0,40} about|wie (?!viele?|heißt|alt|hoch|weit)|warum|was (?:kann|soll|mache|tun)|soll ich|tipps?|comment|pourquoi|que faire|conseils?|cómo|por qué|qué (?:puedo|hago)|consejos?|de qué trata|come (?!si chiama)|perché|cosa (?:posso|faccio)|consigli|como (?!se chama)|por que|o que (?:posso|faço)|dicas?|hoe (?!veel|heet|oud|lang|hoog)|waarom|wat kan ik|tips|jak|dlaczego|co (?:robić|zrobić|mogę|dělat)|hur (?!många|mycket)|varför|vad (?:kan|ska) jag|nasıl|neden|niçin|ne yap|ne giy|öner|как|почему|что делать|посовет|як|чому|що робити|proč|bagaimana|mengapa|cara|làm (?:sao|thế nào)|tại sao|πώς|γιατί|τι να|كيف|لماذا|نصيحة|कैसे|क्यों|क्या कर)|怎么|怎样|如何|为什么|怎麼|どう|なぜ|方法|コツ|어떻게|왜 |방법/iu;

/** Says at once what it is about: what for, or a thing with its article that is no way of doing something. */
const opensElsewhere =
  /^\W*(?:to|in order to|um|pour|para|per|aby|żeby|om|чтобы|щоб|untuk|để)\s(?!be |sum |me |moi |mí |my )\p{L}+[^.,:\n]{4,60}[,:]|^\W*(?:the|an?|der|das|le|la|el|il|lo|de|het)\s(?!best|easiest|simplest|quickest|fastest|safest|trick|key|idea|good|simple|quick|first|most|main|short|few|answer|beste|einfachste|meilleur|mejor|melhor|migliore|primera?|première?|prima?|primo)\p{L}+\s(?:\p{L}+\s){0,2}(?:is|are|was|were|has|have|reached|takes?|holds?|keeps?|ended|ist|hat|hält|war|est|tiene|è|ha|heeft|werd|hebben|zijn)(?!\p{L})|^\W*\p{L}+s\s(?:need|are|have|sleep|live|grow|bloom|eat|use|take|come|last)\s/iu;

/** 1 for a draft of some length that has no content word and no number in common with a question of several, otherwise 0; weaker than `off-topic`, because advice and made-up texts may show their topic without naming it. */
export const strays = viewSignal('strays', (view, { request }) => {
  const { question } = view.request;
  if (view.wordCount < enoughSaid || question.length > longestStray || view.request.options.length > 0 || translates(view.request) || request.messages.length > 2 || view.request.asksJson || (view.request.asksCode && programMark.test(view.text)) || imagines.test(question) || tellsOfOneself.test(question)) return undefined;
  const needsName = !view.request.asksText && !needsNoName.test(question) && !wantsThing.test(question) && (shareOf(view.request.words, 'en') > 0 || asksFact(view.request));
  if (!needsName && wantsThing.test(question)) return undefined;
  if (!needsName && !opensElsewhere.test(view.text)) return 0;
  if ((view.numbers[0]?.start ?? opening) < atOnce || answersAtOnce(view)) return 0;
  const said = view.text.slice(0, opening).toLowerCase();
  const asked = new Set<string>();
  for (const word of view.request.words) {
    const isWide = word.charCodeAt(0) >= 0x3041 && /^[\u3041-\u30FF\u3400-\u9FFF\uAC00-\uD7AF]/.test(word);
    if (isWide ? word.length < wideStem : !isContent(word)) continue;
    const part = word.slice(0, isWide ? wideStem : stem);
    if (said.includes(part)) return 0;
    asked.add(part);
  }
  if (asked.size < (needsName ? enoughAsked : fewestAsked) || view.request.numbers.some((number) => number > 1 && said.includes(String(number)))) return undefined;
  if (!needsName) return 1;
  const prose = view.request.asksCode ? view.text : withoutCode(view.text).trim();
  return refersBack.test(view.text) || givesAdvice(view.prose) || isList(view.prose, view.wordCount) || prose.split(/\n+/).length > 3 ? 0 : 1;
});

function isContent(word: string): boolean {
  return word.length >= 3 && !isFunctionWord(word) && !common.has(word) && !smallWords.has(word) && spelledNumber(word) === undefined;
}

/** Small words of languages that are not told apart otherwise. */
const smallWords = new Set(
  ('lang moet hoe kan mijn wel geen veel waar wanneer welke när där hur vad och att det den som för med till från är kan ska mina min mitt dig mig sig jag ett inte eller mellan gäller hvordan hvad hvor når jeg ikke eller skal mit mig ikke mikä miten voin mitä että ovat jak jako které který jsem není jsou mezi pro nebo bir için nasıl ile daha çok olan gibi neden hangi benim bana apa yang dan untuk dengan bagaimana saya ini itu cara dari pada của cho làm thế nào tôi một các với trong là có cum este pentru care sau din și nem hogyan egy hogy από για και πώς είναι στο στη την της του τον μου').split(' '),
);

/** Words of a draft that works on a text, before none of them need stand in it. */
const enoughWorked = 5;
/** Share of them that at least stands in it. */
const leastKept = 0.2;
const worksOn = /(?<!\p{L})(?:summari[sz]e|sum up|shorten|proofread|(?:fix|correct) the (?:gram|spell)\p{L}*|main (?:point|idea)|fass\p{L}* .{0,40}zusammen|kürze|korrigier\p{L}*|résum\p{L}*|corrig\p{L}*|resum[aeio]\p{L}*|riassum\p{L}*|samenvat\p{L}*|vat .{0,40}samen|streść|podsumuj|sammanfatta|özetle\p{L}*)(?!\p{L})/iu;

/** Replies take up something of what they reply to. */
const replies = /^(?:please )?(?:(?:write|draft) (?:a |the |an )?(?:\w+ )?)?(?:reply|respond|response|answer) (?:to )?(?:this|the|a) (?:customer|client|guest|user|message|review|e-?mail|complaint|ticket)|^(?:customer|client|user|guest) (?:writes|says|asks)\b|^(?:antworte|beantworte|réponds|répondez|responde|rispondi|responda|beantwoord|odpowiedz|svara)(?!\p{L})/iu;

/** 1 for a draft that should work on a text and has hardly a word of it, otherwise 0; nothing where no text is to be worked on. */
export const leavesText = viewSignal('leaves-text', ({ words, wordCount, request }) => {
  if (wordCount > 80 || wordCount < enoughWorked || request.words.length < 12 || request.text.length > 3000 || request.asksCode || translates(request)) return undefined;
  const isReply = replies.test(request.question);
  if (!isReply && !worksOn.test(request.question.slice(0, 200))) return undefined;
  const source = request.text.toLowerCase();
  let said = 0;
  let kept = 0;
  for (const word of words) {
    if (word.length < 4 || isFunctionWord(word)) continue;
    said++;
    if (source.includes(word.slice(0, 5))) kept++;
  }
  return said < 3 ? undefined : kept < (isReply ? 1 : leastKept * said) ? 1 : 0;
});

const common = new Set('give tell name write list please explain describe recommend suggest some into many much make good best short like now more sentence'.split(' '));

/** A comma for every five words: a list need not repeat what it is a list of. */
function isList(text: string, wordCount: number): boolean {
  return wordCount <= 60 && (text.split(',').length - 1) * 5 >= wordCount;
}

/** Advice begins with a list, or with a verb and its object: "Put the stems in water". It need not repeat what was asked. */
function givesAdvice(text: string): boolean {
  return /^\s{0,4}(?:[-*•]|\d{1,2}[.)])\s/.test(text) || /^\s{0,4}(?!(?:the|to|in|on|at|for|if|when|it|this|that|there|a|an)\b)\p{L}+ ["“«„]?(?:the|a|an|to|your|it|them|on|in|out|up|der|die|das|den|einen|le|la|les|el|los|las)\b/iu.test(text);
}
