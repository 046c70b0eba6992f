import type { JsonSchema } from '@cascadeflow/contract';
import { fitsType, propertySchema, itemSchema } from './schema-step.ts';

type Expect = 'value' | 'first-item' | 'key' | 'first-key' | 'colon' | 'comma' | 'end';

interface Frame {
  readonly kind: 'object' | 'array';
  readonly schema: JsonSchema | undefined;
  key: string;
}

const literals = ['true', 'false', 'null'];

/** Reads JSON as it arrives, one character at a time, and says as soon as no continuation can make it valid. */
export class JsonPrefix {
  readonly #frames: Frame[] = [];
  readonly #root: JsonSchema | undefined;
  #expect: Expect = 'value';
  #inString = false;
  #escaped = false;
  #isKey = false;
  #scalar = '';
  #key = '';

  constructor(schema?: JsonSchema) {
    this.#root = schema;
  }

  /** Why the text cannot become valid any more, or `undefined` while it still can. */
  push(text: string): string | undefined {
    for (const char of text) {
      const dead = this.#inString ? this.#string(char) : this.#outside(char);
      if (dead) return dead;
    }
    return undefined;
  }

  #string(char: string): string | undefined {
    if (this.#escaped) {
      this.#escaped = false;
      if (!'"\\/bfnrtu'.includes(char)) return `The JSON has the unknown escape \\${char}.`;
      return undefined;
    }
    if (char === '\\') this.#escaped = true;
    else if (char === '"') {
      this.#inString = false;
      if (!this.#isKey) return this.#valueEnd();
      const frame = this.#frames.at(-1);
      if (frame) frame.key = this.#key;
      this.#expect = 'colon';
      if (frame && propertySchema(frame.schema, this.#key) === false) return `The JSON has the property "${this.#key}", which its schema does not allow.`;
    } else if (char < ' ') return 'The JSON has a bare line break inside a string.';
    else if (this.#isKey && this.#key.length < 200) this.#key += char;
    return undefined;
  }

  #outside(char: string): string | undefined {
    const blank = char === ' ' || char === '\n' || char === '\r' || char === '\t';
    if (this.#scalar !== '') {
      if (!blank && !',]}'.includes(char)) {
        if (this.#scalar.length < 400) this.#scalar += char;
        return this.#scalarCanGoOn() ? undefined : `The JSON has the unknown value ${this.#scalar}.`;
      }
      const scalar = this.#scalar;
      this.#scalar = '';
      if (!literals.includes(scalar) && !/^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(scalar)) return `The JSON has the unknown value ${scalar}.`;
      this.#valueEnd();
    }
    return blank ? undefined : this.#token(char);
  }

  #scalarCanGoOn(): boolean {
    return literals.some((literal) => literal.startsWith(this.#scalar)) || /^-?\d*(?:\.\d*)?(?:[eE][-+]?\d*)?$/.test(this.#scalar);
  }

  #token(char: string): string | undefined {
    const frame = this.#frames.at(-1);
    switch (this.#expect) {
      case 'end':
        return 'Text follows the end of the JSON.';
      case 'colon':
        if (char !== ':') return 'The JSON lacks a colon after a property name.';
        this.#expect = 'value';
        return undefined;
      case 'comma':
        if (char === ',') {
          this.#expect = frame?.kind === 'object' ? 'key' : 'value';
          return undefined;
        }
        return this.#close(char, frame) ? undefined : `The JSON has ${char} where a comma or a bracket belongs.`;
      case 'first-key':
      case 'key':
        if (char === '"') {
          [this.#inString, this.#isKey, this.#key] = [true, true, ''];
          return undefined;
        }
        return this.#expect === 'first-key' && this.#close(char, frame) ? undefined : `The JSON has ${char} where a property name belongs.`;
      default:
        if (this.#expect === 'first-item' && char === ']' && this.#close(char, frame)) return undefined;
        return this.#valueStart(char, frame);
    }
  }

  #valueStart(char: string, frame: Frame | undefined): string | undefined {
    const schema = frame === undefined ? this.#root : frame.kind === 'object' ? propertySchema(frame.schema, frame.key) : itemSchema(frame.schema);
    const known = schema === false ? undefined : schema;
    if (!fitsType(known, char)) return `The JSON has a value of the wrong type${frame?.kind === 'object' ? ` for "${frame.key}"` : ''}.`;
    if (char === '{' || char === '[') {
      this.#frames.push({ kind: char === '{' ? 'object' : 'array', schema: known, key: '' });
      this.#expect = char === '{' ? 'first-key' : 'first-item';
    } else if (char === '"') [this.#inString, this.#isKey] = [true, false];
    else if (/[-\dtfn]/.test(char)) this.#scalar = char;
    else return `The JSON has ${char} where a value belongs.`;
    return undefined;
  }

  #close(char: string, frame: Frame | undefined): boolean {
    if (!frame || char !== (frame.kind === 'object' ? '}' : ']')) return false;
    this.#frames.pop();
    this.#valueEnd();
    return true;
  }

  #valueEnd(): undefined {
    this.#expect = this.#frames.length === 0 ? 'end' : 'comma';
  }
}
