/** So many are kept: enough for the drafts and opinions of one verdict, and few enough to look through. */
const kept = 8;

/**
 * What was computed of the latest few objects. A plain ring: an entry in a weak map would cost the garbage collector more than reading a usual
 * request does.
 */
export class Recent<Key extends object, Value> {
  readonly #keys: (Key | undefined)[] = Array.from({ length: kept }, () => undefined);
  readonly #values: (Value | undefined)[] = Array.from({ length: kept }, () => undefined);
  #next = 0;

  get(key: Key): Value | undefined {
    const at = this.#keys.indexOf(key);
    return at < 0 ? undefined : this.#values[at];
  }

  /** Keeps a value in the place of the oldest, and returns it. */
  set(key: Key, value: Value): Value {
    this.#keys[this.#next] = key;
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % kept;
    return value;
  }
}
