import { maximumAddresses } from '../addresses/add-address.ts';
import { maximumLength, minimumLength, type PasswordRule } from '../passwords/password-rule.ts';

// The expected failures, as the schema shows them.

export function invalidInput({ field, message }: { field: string; message: string }) {
  return { __typename: 'InvalidInputError', code: 'INVALID_INPUT', field, message } as const;
}

export function emailTaken(email: string) {
  const message = `${email} has an account already: sign in, or reset the password`;
  return { __typename: 'EmailTakenError', code: 'EMAIL_TAKEN', email, message } as const;
}

const expectedPassword: Readonly<Record<PasswordRule, string>> = {
  MINIMUM_LENGTH: `at least ${minimumLength} characters`,
  MAXIMUM_LENGTH: `at most ${maximumLength} characters`,
  NOT_THE_EMAIL: 'something other than the e-mail address',
  NOT_COMMON: 'something that is not on every list of common passwords',
};

export function weakPassword(rule: PasswordRule) {
  const message = `Expected a password of ${expectedPassword[rule]}`;
  return {
    __typename: 'WeakPasswordError',
    code: 'WEAK_PASSWORD',
    rule,
    minimumLength,
    maximumLength,
    message,
  } as const;
}

export function invalidCredentials(message = 'There is no account with this e-mail address and password') {
  return { __typename: 'InvalidCredentialsError', code: 'INVALID_CREDENTIALS', message } as const;
}

export function tooManyAttempts(retryAfterSeconds: number) {
  const message = `Too many attempts: try again in ${retryAfterSeconds} seconds`;
  return {
    __typename: 'TooManyAttemptsError',
    code: 'TOO_MANY_ATTEMPTS',
    retryAfterSeconds,
    message,
  } as const;
}

export function invalidRefreshToken() {
  const message = 'Sign in again: this refresh token is unknown, or its session has ended';
  return { __typename: 'InvalidTokenError', code: 'INVALID_TOKEN', message } as const;
}

export function reusedRefreshToken() {
  const message = 'Sign in again: this refresh token was used before, so its session has been ended';
  return { __typename: 'InvalidTokenError', code: 'REFRESH_TOKEN_REUSED', message } as const;
}

export function invalidLink() {
  const message = 'Ask for a new link: this one is unknown, used or expired';
  return { __typename: 'InvalidTokenError', code: 'INVALID_TOKEN', message } as const;
}

export function emailAlreadyVerified(email: string) {
  const message = `${email} is verified already`;
  return { __typename: 'EmailAlreadyVerifiedError', code: 'EMAIL_ALREADY_VERIFIED', email, message } as const;
}

export function addressNotFound(addressId: string) {
  const message = 'There is no such address in your address book';
  return { __typename: 'AddressNotFoundError', code: 'ADDRESS_NOT_FOUND', addressId, message } as const;
}

export function tooManyAddresses() {
  const message = `The address book is full: it holds ${maximumAddresses} addresses; remove one first`;
  return {
    __typename: 'TooManyAddressesError',
    code: 'TOO_MANY_ADDRESSES',
    maximum: maximumAddresses,
    message,
  } as const;
}

export function userNotFound(userId: string) {
  return {
    __typename: 'UserNotFoundError',
    code: 'USER_NOT_FOUND',
    userId,
    message: 'There is no such user',
  } as const;
}
