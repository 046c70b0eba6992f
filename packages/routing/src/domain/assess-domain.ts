import { lastUserText, type Assessment, type Domain, type Message, type ModelRequest } from '@cascadeflow/contract';
import { readStructure, type Structure } from '../text/structure.ts';
import { createDomainModel, type DomainModel, type DomainWeights } from './domain-model.ts';

/** Labels that an assessment lists. */
const topLabels = 3;

let model: DomainModel | undefined;
let loading: Promise<DomainModel> | undefined;

function loadModel(): Promise<DomainModel> {
  loading ??= import('../weights/domain.json', { with: { type: 'json' } }).then((file) => {
    model = createDomainModel(file.default as DomainWeights);
    return model;
  });
  return loading;
}

/**
 * Says what the last user turn is about: the likeliest of fifteen domains, its calibrated probability, and the three likeliest.
 *
 * Images make a request `multimodal`, whatever its words. A turn without any letter is `general` with confidence 0. The first call returns a
 * promise, because it loads the weights; later calls answer at once. `form` saves reading the text's structure twice.
 */
export function assessDomain(request: ModelRequest, form?: Structure): Assessment<Domain> | Promise<Assessment<Domain>> {
  if (hasImage(lastUserMessage(request.messages))) return { label: 'multimodal', confidence: 1, top: [{ label: 'multimodal', probability: 1 }] };
  const text = lastUserText(request.messages);
  const structure = form ?? readStructure(text);
  if (structure.words === 0 && structure.digits === 0) return { label: 'general', confidence: 0 };
  const toolsOffered = (request.tools?.length ?? 0) > 0 && request.toolChoice !== 'none';
  if (model) return toAssessment(model, model.predict(text, structure, toolsOffered));
  return loadModel().then((loaded) => toAssessment(loaded, loaded.predict(text, structure, toolsOffered)));
}

function lastUserMessage(messages: readonly Message[]): Message | undefined {
  for (let index = messages.length - 1; index >= 0; index--) if (messages[index]?.role === 'user') return messages[index];
  return undefined;
}

function hasImage(message: Message | undefined): boolean {
  return message?.role === 'user' && typeof message.content !== 'string' && message.content.some((part) => part.type === 'image');
}

/** The likeliest labels; those that are listed are struck out of `probabilities`. */
function toAssessment(from: DomainModel, probabilities: Float64Array): Assessment<Domain> {
  const top: { label: Domain; probability: number }[] = [];
  for (let rank = 0; rank < topLabels; rank++) {
    let best = -1;
    for (let index = 0; index < probabilities.length; index++) if (best < 0 || (probabilities[index] ?? 0) > (probabilities[best] ?? 0)) best = index;
    top.push({ label: from.classes[best] as Domain, probability: probabilities[best] ?? 0 });
    probabilities[best] = -1;
  }
  return { label: top[0]?.label ?? 'general', confidence: top[0]?.probability ?? 0, top };
}
