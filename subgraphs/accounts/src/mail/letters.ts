import type { Mail } from '@stoa/mail';

// A letter shows nothing that whoever asked for it has typed, save the address: else anybody could have us mail their words.

/** The letter that lets its reader choose a new password. */
export function resetPasswordLetter(to: string, link: string): Mail {
  return {
    to,
    subject: 'Choose a new password',
    text: [
      'Somebody, we hope you, asked to reset the password of your account. This link does it, once, within one hour:',
      link,
      'If it was not you, do nothing: your password stays as it is.',
      '',
    ].join('\n\n'),
  };
}

/** The letter that lets its reader show that the address is theirs. */
export function verifyEmailLetter(to: string, link: string): Mail {
  return {
    to,
    subject: 'Confirm your e-mail address',
    text: [
      'An account was made with this e-mail address. If it is yours, confirm it by this link, within 24 hours:',
      link,
      'If it is not, do nothing.',
      '',
    ].join('\n\n'),
  };
}
