import { logPrice, nameClass } from '../accept/strength.ts';
import { defineSignal } from './define-signal.ts';

/** Ability that the model's name suggests, about -3 to 2.5. */
export const modelClass = defineSignal('model-class', ({ model, draft }) => nameClass(model?.name ?? draft.model));

/** Logarithm of the model's price per 1M tokens. */
export const modelPrice = defineSignal('model-price', ({ model }) => model && logPrice(model));
