/** The error codes of the API with their texts, typos included (platform-and-people.md 1.4). */
const texts: ReadonlyMap<number, string> = new Map([
  [1001, 'Unknown authentication error. Contact SalesIQ Team!'],
  [1002, 'Invalid authorization header.'],
  [1004, 'Invalid Request Type.'],
  [1005, 'Invalid portal or wrong screen name.'],
  [1006, 'Invalid URL'],
  [1007, 'Invalid datatypes found in params'],
  [1008, 'Invalid OAuthToken.'],
  [1009, 'Invalid OAuthScope.'],
  [1010, 'Invalid Method.'],
  [1011, 'Either the request parameters are invalid or absent'],
  [1014, 'Resource already exists'],
  [1015, 'Either the input stream is invalid or absent'],
  [1016, "Operator doesn't have permission to perform the operation"],
  [1017, 'Resource limit reached for current plan'],
  [1018, 'File is empty'],
  [1019, 'Invalid Resource'],
  [1020, 'Invalid operator'],
  [1021, 'Operation is not available in the current plan'],
  [1023, 'Too many requests, lease try after sometime'],
  [1024, 'Invalid Operator id/s'],
  [1025, 'Invalid Department IDs'],
  [1026, 'Last available resource'],
  [1027, 'File size is greater than the allowed size'],
  [1028, 'Invalid file type'],
  [1029, 'Invalid Filter'],
  [1031, 'Insufficient data'],
  [1054, 'Invalid header value'],
  [1100, 'Ineligible user role.'],
  [1101, 'Invalid user id'],
  [1301, 'Operator has to be associated in any other department to be removed from this department'],
  [1302, 'Public department cannot be configured to a Private department'],
]);

/** What the error points at: a key of the JSON body, a query parameter, or a header. */
export interface Culprit {
  readonly json_key?: string;
  readonly param?: string;
  readonly header?: string;
}

/** The service says no; becomes the error envelope. */
export class Refusal extends Error {
  readonly code: number;
  readonly culprit: Culprit;

  constructor(code: number, culprit: Culprit = {}) {
    super(messageOf(code));
    this.name = 'Refusal';
    this.code = code;
    this.culprit = culprit;
  }
}

export const messageOf = (code: number): string => texts.get(code) ?? 'Unknown error';

/** @throws Refusal always */
export const refuse = (code: number, culprit?: Culprit): never => {
  throw new Refusal(code, culprit);
};

/** Statuses under `statuses=real`; the documentation says 200 for all (platform-and-people.md 1.3 and 10). */
const statuses: ReadonlyMap<number, number> = new Map([
  [1001, 500],
  [1002, 401],
  [1004, 405],
  [1005, 404],
  [1006, 404],
  [1008, 401],
  [1009, 403],
  [1010, 405],
  [1014, 409],
  [1016, 403],
  [1019, 404],
  [1021, 403],
  [1023, 429],
]);

export const realStatusOf = (code: number): number => statuses.get(code) ?? 400;
