/** The validators that `.config/schemas.mjs` compiles from the schemas: `validators.js`, which is not committed. */

/** One mismatch between a value and its schema, as the validator tells it. */
export interface Finding {
  /** JSON pointer to the value that is wrong. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Checks a value; the findings of the last call stand in `errors`. */
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly Finding[] | null;
}

/** By kind: one resource as files write it. */
export declare const resourceValidators: Readonly<Record<string, Validator>>;

/** salesiq.yaml. */
export declare const projectValidator: Validator;

/** The kinds that files can describe. */
export declare const kindNames: readonly string[];
