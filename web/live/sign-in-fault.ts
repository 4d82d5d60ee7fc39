/**
 * Why nobody is signed in, told apart by what can be done about it.
 * `unreachable`: the issuer gives no usable answer. `refused`: the issuer says no. `clock`: this computer's clock is far off.
 * `mismatch`: an answer to a question that this tab did not ask. `over`: the sign-in has ended.
 */
export type SignInFaultCode = 'unreachable' | 'refused' | 'clock' | 'mismatch' | 'over';

/** Its message is a sentence for the reader. */
export class SignInFault extends Error {
  readonly code: SignInFaultCode;
  constructor(code: SignInFaultCode, message: string) {
    super(message);
    this.name = 'SignInFault';
    this.code = code;
  }
}
