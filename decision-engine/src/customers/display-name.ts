import type { CustomerDocument } from './customer-document.js';

function text(traits: CustomerDocument['traits'], ...names: readonly string[]): string {
  for (const name of names) {
    const value = traits[name];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return '';
}

/** What people call a customer: the name, else the e-mail, else a short form of the id. */
export function displayNameOf({ _id, traits }: Pick<CustomerDocument, '_id' | 'traits'>): string {
  const full = text(traits, 'name');
  if (full !== '') return full;
  const parts = [text(traits, 'firstName', 'first_name'), text(traits, 'lastName', 'last_name')].filter(
    (part) => part !== '',
  );
  return parts.join(' ') || text(traits, 'email') || `Visitor ${_id.slice(4, 10)}`;
}
