/** The provider did not answer: what was asked for may have happened or not. */
export class ProviderTimeout extends Error {
  override readonly name = 'ProviderTimeout';
}
