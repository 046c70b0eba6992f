import { countMatches, gated } from '../text/gates.ts';
import type { RequestView } from '../text/request-view.ts';
import { viewSignal } from './define-signal.ts';

const filler = gated(/\b(?:(?:great|good|excellent|interesting|important|complex|fascinating) (?:question|topic|point|subject)|(?:many|various|several|different|numerous|multiple|a number of|a lot of|variety of) (?:different |various |other )?(?:people|situations|areas|fields|contexts|uses|factors|aspects|things|ways|opinions|perspectives|considerations|possibilities|elements|reasons|approaches)|it (?:really |all )?depends(?! on (?:the|how|what|whether|your|which|where)\b)|important to (?:consider|note|remember|understand|keep in mind)|at the end of the day|generally speaking|in (?:many|some) (?:cases|ways)|there (?:are|is) (?:many|various|no (?:one|single|simple))|(?:hope|glad) (?:this|that|i could|to) help|let me know if|feel free to|happy to help|more research|further (?:research|information)|consult (?:a|an|with)|vary|varies|various|in general|in conclusion|as (?:we|you) (?:all )?know|es kommt darauf an|verschiedene faktoren|ça dépend|depende de|de nombreux facteurs|muchos factores|зависит от)\b/gi, 'great good excellent interesting important complex fascinating many various several different numerous multiple number lot variety depends day generally some one single simple hope glad let feel happy more further consult vary varies general conclusion know kommt verschiedene depende nombreux muchos');
const concrete = /\d|`|[=<>{}]|(?<=[a-zà-ÿа-я,;] )[A-ZÀ-ÖØ-ÞА-Я][\p{L}]{2,}/gu;

/** Thanks and greetings: talk is what they ask for. */
function isSmallTalk({ words, text }: RequestView): boolean {
  return words.length <= 8 && !text.includes('?') && /^\W*(?:thanks?|thank you|thx|hi|hey|hello|good (?:morning|evening|afternoon|night)|bye|goodbye|great|perfect|awesome|cool|nice|danke|hallo|guten (?:morgen|tag|abend)|merci|bonjour|salut|gracias|hola|grazie|ciao|obrigad[oa]|olá|спасибо|привет|谢谢|你好|ありがとう|こんにちは)/iu.test(text);
}

/** How much of a text is talk: filler phrases against concrete things (numbers, names, code), 0 to 1; nothing for fewer than twelve words. */
export const vacuous = viewSignal('vacuous', ({ prose, scan, wordCount, request }) => {
  if (wordCount < 12 || request.options.length > 0 || isSmallTalk(request)) return undefined;
  const talk = countMatches(filler, scan, prose.slice(0, 3000));
  if (talk === 0) return 0;
  const things = prose.slice(0, 3000).match(concrete)?.length ?? 0;
  const density = (100 * talk) / Math.max(15, Math.min(wordCount, 500));
  return Math.min(1, density / 6) / (1 + (20 * things) / Math.max(15, Math.min(wordCount, 500)));
});
