/** The validators that `.config/schemas.mjs` compiles from the schemas: `validators.js`, which is not committed. */

/** One mismatch between a value and its schema, as the validator tells it. */
export interface Finding {
  /** JSON pointer to the value that is wrong. */
  readonly instancePath: string;
  /** Where in the schema the rule stands. */
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The schema that the rule belongs to. */
  readonly parentSchema: Readonly<Record<string, unknown>>;
}

/** Checks a value; the findings of the last call stand in `errors`. */
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly Finding[] | null;
}

export declare const widgetResponse: Validator;
export declare const progress: Validator;
export declare const botResponse: Validator;
