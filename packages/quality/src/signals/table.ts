import type { Signal } from '@cascadeflow/contract';
import { answerPlace, answerTruth, choiceGap, choiceSupported, lastGap, rivalsQuoted } from './answer-choice.ts';
import { answerFirst, answerFromQuestion, answerKind, answerLength, answerMentions, answerSize, largestNumber, newNumbers, unusedNumbers } from './answer-number.ts';
import { answerFollows, arithmeticErrors, arithmeticSlip, equationCount } from './arithmetic.ts';
import { codeForm } from './code.ts';
import { contrasts, hedging, statedDoubt } from './doubt.ts';
import { codeMiss, echo, fewItems, jsonMiss, kindMiss, offLabel } from './asked-form.ts';
import { cutOff, cutWord, filled, finished } from './ending.ts';
import { amongOptions, answerFound, askedJson, demandedJson, itemMiss, onlyJson } from './form.ts';
import { emptyTalk } from './empty-talk.ts';
import { garbled } from './garbled.ts';
import { wrongLanguage } from './language.ts';
import { draftLength, lengthMiss, lengthRatio, tooShort } from './length.ts';
import { answerProbability, lowQuantile, meanMargin, weakestGroup } from './logprobs.ts';
import { modelClass, modelPrice } from './model.ts';
import { leavesText, offTopic, strays } from './off-topic.ts';
import { coverage, variety } from './overlap.ts';
import { placeholder } from './placeholder.ts';
import { cannotAnswer, refusal } from './refusal.ts';
import { repetition, stutter } from './repetition.ts';
import { asksCode, complexity, constraints, formulaDensity, optionCount, questionLength, questionNumbers, questionSentences, relations, stemLength } from './request.ts';
import { assumptions, codeShare, equalsSigns, formulas, lastLine, lineCount, listItems, sentenceLength } from './structure.ts';
import { nonAnswer } from './non-answer.ts';
import { noName, offSubject } from './short-reply.ts';
import { sumMiss } from './sum-miss.ts';
import { statedConfidence } from './stated-confidence.ts';
import { toolCallSignals } from '../tool-call/index.ts';
import { topicSignals } from './topic.ts';
import { vacuous } from './vacuous.ts';
import { wordSalad } from './word-salad.ts';

/** Every built-in signal, in the order in which they are read and shown. The accept model refers to them by name. */
export const builtinSignals: readonly Signal[] = [
  filled, finished, demandedJson, cutOff, repetition, refusal, wrongLanguage, garbled, vacuous, offTopic, tooShort, lengthMiss, itemMiss, codeForm,
  placeholder, cannotAnswer, stutter, cutWord, offLabel, fewItems, jsonMiss, codeMiss, kindMiss, echo, strays, offSubject, noName, leavesText, wordSalad, emptyTalk, nonAnswer, sumMiss,
  askedJson, onlyJson, answerFound, amongOptions, arithmeticErrors, arithmeticSlip, equationCount, answerFollows, unusedNumbers, newNumbers,
  answerSize, answerFirst, largestNumber, answerFromQuestion, answerMentions, answerLength, answerKind, answerTruth, answerPlace, choiceSupported, choiceGap, lastGap, rivalsQuoted, hedging, statedDoubt, contrasts, statedConfidence,
  draftLength, lengthRatio, coverage, variety, listItems, codeShare, sentenceLength, assumptions, formulas, equalsSigns, lineCount, lastLine,
  questionLength, stemLength, questionSentences, questionNumbers, optionCount, formulaDensity, constraints, relations, asksCode,
  ...topicSignals, complexity, ...toolCallSignals, answerProbability, lowQuantile, weakestGroup, meanMargin, modelClass, modelPrice,
];
