/** Turns the bytes of a body into the strings of its records, however the bytes are split. */
export interface RecordReader {
  /** True when records are lines of JSON, so that a body of type JSON is a stream too. */
  readonly isJson?: boolean;
  /** Records that these bytes completed, oldest first. */
  read(bytes: Uint8Array): readonly string[];
  /** Records that were complete but for their last line break. */
  end(): readonly string[];
}
