/** A text in the three languages of the demo shop. */
export interface Words {
  readonly en: string;
  readonly de: string;
  readonly fr: string;
}

/** A name and a description in one language. */
export interface DemoTranslation {
  readonly name: string;
  readonly description: string;
}

/** What is said in English by the entity itself, said in German and French. */
export interface DemoTranslations {
  readonly de: DemoTranslation;
  readonly fr: DemoTranslation;
}

/** Writes a text in English, German and French on one line. */
export function words(en: string, de: string, fr: string): Words {
  return { en, de, fr };
}

/** Turns a name and a description into the fields that products and collections carry. */
export function translated(
  name: Words,
  description: Words,
): DemoTranslation & { readonly translations: DemoTranslations } {
  return {
    name: name.en,
    description: description.en,
    translations: {
      de: { name: name.de, description: description.de },
      fr: { name: name.fr, description: description.fr },
    },
  };
}
