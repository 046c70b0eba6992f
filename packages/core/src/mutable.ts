/** An object while it is put together: fields that may be missing are assigned one by one, which costs a tenth of spreading them in. */
export type Mutable<Value> = { -readonly [Field in keyof Value]: Value[Field] };
